from django.urls import path, re_path

from events import cabinet_views

# Included by events.urls, in its namespace.
urlpatterns = [
    path("<slug:member_slug>/events/", cabinet_views.MemberEvents.as_view(), name="cabinet"),
    path(
        "<slug:member_slug>/events/<slug:slug>/",
        cabinet_views.RegisterDelegation.as_view(),
        name="register",
    ),
    path(
        "<slug:member_slug>/events/<slug:slug>/cancel/",
        cabinet_views.CancelDelegation.as_view(),
        name="cancel_delegation",
    ),
    re_path(
        r"^(?P<member_slug>[-\w]+)/events/(?P<slug>[-\w]+)/people/(?P<participant>\d{1,18})/"
        r"(?P<deed>take|decline|cancel)/$",
        cabinet_views.ParticipantDeed.as_view(),
        name="participant_deed",
    ),
]
