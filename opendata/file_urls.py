"""The bulk files, at addresses without a language: /data/…"""

from django.urls import path

from opendata import views

app_name = "data_files"
urlpatterns = [
    path("SHA256SUMS", views.sums, name="sums"),
    path("<str:name>", views.file, name="file"),
]
