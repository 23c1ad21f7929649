from django.urls import path

from content import check_views

app_name = "check"
urlpatterns = [
    path("", check_views.check_form, name="form"),
    path("<str:code>/", check_views.check_document, name="document"),
]
