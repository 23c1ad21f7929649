"""The pages of this app."""

from django.urls import path

from opendata import views

app_name = "opendata"
urlpatterns = [
    path("data/", views.DataPage.as_view(), name="data"),
    path("data/api/", views.ReferencePage.as_view(), name="reference"),
]
