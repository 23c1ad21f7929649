"""The suggestions; the search page itself has the name "search", in uclg_portal.urls."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [path("search/suggest/", views.suggest, name="suggest")]
