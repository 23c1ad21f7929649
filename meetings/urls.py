"""The public pages under about/meetings/, and what representatives do under cabinet/<member>/."""

from django.urls import path

from meetings import cabinet_views, views

app_name = "meetings"
urlpatterns = [
    path("about/meetings/", views.MeetingList.as_view(), name="list"),
    path("about/meetings/<slug:slug>/", views.MeetingPage.as_view(), name="detail"),
    path("about/meetings/<slug:slug>/documents/<int:pk>/", views.document, name="document"),
    path(
        "cabinet/<slug:member_slug>/meetings/",
        cabinet_views.MemberMeetings.as_view(),
        name="cabinet",
    ),
    path(
        "cabinet/<slug:member_slug>/meetings/<slug:slug>/",
        cabinet_views.NameDelegates.as_view(),
        name="delegates",
    ),
    path(
        "cabinet/<slug:member_slug>/elections/<int:pk>/",
        cabinet_views.Nominate.as_view(),
        name="nominate",
    ),
]
