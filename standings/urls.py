"""The public pages of places; the rating and its editions themselves are of `ratings`."""

from django.urls import path

from standings import points_views, views

EDITION = "ratings/<slug:rating>/<slug:edition>/results/"

app_name = "standings"
urlpatterns = [
    path(
        "cabinet/<slug:member_slug>/ratings/<int:edition>/points/",
        points_views.CabinetPoints.as_view(),
        name="points",
    ),
    path(EDITION, views.ResultsPage.as_view(), name="results"),
    path(f"{EDITION}compare/", views.ComparePage.as_view(), name="compare"),
    path(f"{EDITION}data/", views.DataPage.as_view(), name="data"),
    path(f"{EDITION}data/<str:name>", views.data_file, name="data_file"),
    path(f"{EDITION}<slug:city>/", views.CityPage.as_view(), name="city"),
]
