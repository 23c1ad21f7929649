"""The public pages under partnerships/, and what representatives do in their cabinet."""

from django.urls import include, path

from partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("partnerships/", views.Network.as_view(), name="list"),
    path("partnerships/<int:pk>/", views.PartnershipPage.as_view(), name="detail"),
    path("partnerships/cities/<slug:slug>/", views.CityPage.as_view(), name="city"),
    path("cabinet/", include("partnerships.cabinet_urls")),
]
