"""The public pages of laureates and of results."""

from django.urls import path

from laureates import diploma_urls, views

app_name = "laureates"
urlpatterns = [
    *diploma_urls.urlpatterns,
    path("laureates/", views.LaureateList.as_view(), name="list"),
    path("laureates/<int:pk>/", views.LaureatePage.as_view(), name="detail"),
    path(
        "awards/<slug:award>/<slug:round>/results/", views.ResultsPage.as_view(), name="results"
    ),
]  # fmt: skip
