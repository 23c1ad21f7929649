"""The public pages under events/, and what representatives do under cabinet/<member>/events/."""

from django.urls import include, path

from events import cabinet_views, feeds, place_views, views

app_name = "events"
urlpatterns = [
    path("events/", views.EventList.as_view(), name="list"),
    path("events/calendar.ics", feeds.subscription, name="calendar"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="detail"),
    path("events/<slug:slug>/preview/", views.EventPreview.as_view(), name="preview"),
    path("events/<slug:slug>/event.ics", feeds.event_file, name="ics"),
    path("events/<slug:slug>/register/", cabinet_views.StartRegistration.as_view(), name="start"),
    path("events/places/<str:token>/", place_views.place, name="place"),
    path("cabinet/", include("events.cabinet_urls")),
]
