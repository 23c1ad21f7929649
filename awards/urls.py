"""The public pages under awards/, then what entrants do: a line for each subject."""

from django.urls import URLPattern, URLResolver, path

from awards import batch_urls, calls_feeds, calls_views, entry_urls

app_name = "awards"
urlpatterns: list[URLPattern | URLResolver] = [
    path("awards/", calls_views.AwardList.as_view(), name="list"),
    path("awards/<slug:slug>/", calls_views.AwardPage.as_view(), name="award"),
    path("awards/calls.xml", calls_feeds.CallsFeed(), name="feed"),
    path("awards/<slug:award>/<slug:slug>/", calls_views.RoundPage.as_view(), name="round"),
    path(
        "awards/<slug:award>/<slug:slug>/preview/",
        calls_views.RoundPreview.as_view(),
        name="round_preview",
    ),
    path(
        "awards/<slug:award>/<slug:slug>/preview/form/",
        calls_views.FormPreview.as_view(),
        name="form_preview",
    ),
    *entry_urls.urlpatterns,
    *batch_urls.urlpatterns,
]
