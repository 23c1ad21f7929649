"""The journey in a member's cabinet, and on a participant's own page."""

from django.urls import path, re_path

from travel import cabinet_views, place_views

PERSON = (
    r"^cabinet/(?P<member_slug>[-\w]+)/events/(?P<slug>[-\w]+)/travel/(?P<participant>\d{1,18})/"
)

app_name = "travel"
urlpatterns = [
    path(
        "cabinet/<slug:member_slug>/events/<slug:slug>/travel/",
        cabinet_views.DelegationTravel.as_view(),
        name="cabinet",
    ),
    re_path(PERSON + r"$", cabinet_views.PersonTrip.as_view(), name="trip"),
    re_path(PERSON + r"passport/$", cabinet_views.PersonPassport.as_view(), name="passport"),
    path("events/places/<str:token>/travel/", place_views.PlaceTrip.as_view(), name="place"),
    path(
        "events/places/<str:token>/passport/",
        place_views.PlacePassport.as_view(),
        name="place_passport",
    ),
]
