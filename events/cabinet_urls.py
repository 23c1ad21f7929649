from django.urls import path, re_path

from events import cabinet_views, invitation_views, personal
from events.question_form import guarded_uploads

# Included by events.urls, in its namespace.
urlpatterns = [
    path("<slug:member_slug>/calendar/", personal.MyCalendar.as_view(), name="my_calendar"),
    path("<slug:member_slug>/events/", cabinet_views.MemberEvents.as_view(), name="cabinet"),
    path(
        "<slug:member_slug>/events/<slug:slug>/",
        guarded_uploads(cabinet_views.RegisterDelegation.as_view()),
        name="register",
    ),
    path(
        "<slug:member_slug>/events/<slug:slug>/invitation/",
        invitation_views.AnswerInvitation.as_view(),
        name="invitation",
    ),
    path(
        "<slug:member_slug>/events/<slug:slug>/cancel/",
        cabinet_views.CancelDelegation.as_view(),
        name="cancel_delegation",
    ),
    path(
        "<slug:member_slug>/events/<slug:slug>/take-back/",
        cabinet_views.TakeBackRequest.as_view(),
        name="take_back_request",
    ),
    re_path(
        r"^(?P<member_slug>[-\w]+)/events/(?P<slug>[-\w]+)/people/(?P<participant>\d{1,18})/"
        r"(?P<deed>take|decline|cancel)/$",
        cabinet_views.ParticipantDeed.as_view(),
        name="participant_deed",
    ),
]
