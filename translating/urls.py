"""The pages for translators without an account."""

from django.urls import path

from translating import views

app_name = "translating"
urlpatterns = [
    path("translate/<str:token>/", views.TranslatePage.as_view(), name="link"),
    path("translate/<str:token>/text.<str:kind>", views.FileOut.as_view(), name="file"),
]
