"""The pages of this app."""

from django.urls import path

from facts.views import Register

app_name = "facts"
urlpatterns = [path("facts/", Register.as_view(), name="list")]
