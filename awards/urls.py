"""The public pages under awards/, then what entrants do: a line for each subject."""

from django.urls import URLPattern, URLResolver, path

from awards import calls_views

app_name = "awards"
urlpatterns: list[URLPattern | URLResolver] = [
    path("awards/", calls_views.AwardList.as_view(), name="list"),
    path("awards/<slug:slug>/", calls_views.AwardPage.as_view(), name="award"),
    path("awards/<slug:award>/<slug:slug>/", calls_views.RoundPage.as_view(), name="round"),
]
