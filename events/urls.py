"""The public pages under events/, and what representatives do under cabinet/<member>/events/."""

from django.urls import include, path, re_path

from events import (
    announcements,
    cabinet_views,
    feeds,
    guest_views,
    join_views,
    personal,
    place_views,
    plan_views,
    views,
)

app_name = "events"
urlpatterns = [
    path("events/", views.EventList.as_view(), name="list"),
    path("events/feed/", announcements.EventFeed(), name="feed"),
    path("events/rss/", announcements.EventFeed("rss"), name="rss"),
    path("events/calendar.ics", feeds.subscription, name="calendar"),
    re_path(r"^events/my/(?P<token>[-\w]{43})\.ics$", personal.personal_feed, name="personal_feed"),
    path("events/plan/", plan_views.this_year, name="this_year"),
    re_path(r"^events/plan/(?P<year>\d{4})/$", plan_views.YearPlan.as_view(), name="plan"),
    path("events/month/", plan_views.this_month, name="this_month"),
    re_path(
        r"^events/month/(?P<year>\d{4})/(?P<month>\d{1,2})/$",
        plan_views.MonthPage.as_view(),
        name="month",
    ),
    path("events/series/", plan_views.SeriesList.as_view(), name="series_list"),
    path("events/series/<slug:slug>/", plan_views.SeriesPage.as_view(), name="series"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="detail"),
    path("events/<slug:slug>/preview/", views.EventPreview.as_view(), name="preview"),
    path("events/<slug:slug>/event.ics", feeds.event_file, name="ics"),
    path("events/<slug:slug>/join/", join_views.join, name="join"),
    path("events/<slug:slug>/join/<str:token>/", join_views.join_by_link, name="join_by_link"),
    path("events/<slug:slug>/register/", cabinet_views.StartRegistration.as_view(), name="start"),
    path("events/places/<str:token>/", place_views.place, name="place"),
    path("events/<slug:slug>/guest/", guest_views.guest, name="guest"),
    path("events/<slug:slug>/guest/sent/<str:sent>/", guest_views.guest_sent, name="guest_sent"),
    path("events/<slug:slug>/guest/<str:token>/", guest_views.confirm, name="guest_confirm"),
    path("cabinet/", include("events.cabinet_urls")),
]
