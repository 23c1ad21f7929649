"""The public pages of ratings; results stand below them in `standings`."""

from django.urls import path

from ratings import views

app_name = "ratings"
urlpatterns = [
    path("ratings/", views.RatingList.as_view(), name="list"),
    path("ratings/<slug:slug>/", views.RatingPage.as_view(), name="rating"),
    path("ratings/<slug:rating>/<slug:slug>/", views.EditionPage.as_view(), name="edition"),
]
