"""The pages of this app."""

from django.urls import path

from attendance import checkin_views

app_name = "attendance"
urlpatterns = [
    path("door/pass/<str:token>/", checkin_views.helper_door, name="door_pass"),
    path("door/<slug:slug>/", checkin_views.staff_door, name="door"),
]
