"""The pages about the association; the front page and the simple pages are named without it."""

from django.urls import path

from association import views

app_name = "association"
urlpatterns = [
    path("about/structure/", views.structure, name="structure"),
    path("about/achievements/", views.achievements_page, name="achievements"),
    path("about/partners/", views.partners, name="partners"),
]
