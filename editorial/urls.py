"""The pages of this app."""

from django.urls import path

from editorial import views

app_name = "editorial"
urlpatterns = [path("preview/<str:token>/", views.preview, name="preview")]
