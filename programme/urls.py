"""The programme of an event, one's own, a speaker's brief, the agenda of a delegation."""

from django.urls import path

from programme import brief_views, cabinet_views, document_views, own_views, views

app_name = "programme"
EVENT = "events/<slug:slug>/programme/"
OWN = "events/<slug:key>/programme/mine"
PLACE = "events/places/<str:key>/programme"
AGENDA = "cabinet/<slug:member_slug>/events/<slug:slug>/agenda"
urlpatterns = [
    path(EVENT, views.page, name="page"),
    path(f"{EVENT}programme.ics", views.programme_file, name="ics"),
    path(f"{EVENT}programme.pdf", views.programme_pdf, name="pdf"),
    path(f"{EVENT}<int:session>.ics", views.session_file, name="session_ics"),
    path(f"{OWN}/", own_views.own_page, name="own"),
    path(f"{OWN}.ics", own_views.own_file, name="own_ics"),
    path(f"{PLACE}/", own_views.place_page, name="place"),
    path(f"{PLACE}.ics", own_views.place_file, name="place_ics"),
    path("events/<slug:slug>/documents/<int:pk>/", document_views.document, name="document"),
    path(
        "events/places/<str:key>/documents/<int:pk>/", document_views.place_document,
        name="place_document",
    ),
    path("materials/<str:token>/", document_views.material, name="material"),
    path("speakers/<str:token>/", brief_views.page, name="brief"),
    path("speakers/<str:token>/brief.pdf", brief_views.paper, name="brief_pdf"),
    path(f"{AGENDA}/", cabinet_views.DelegationAgenda.as_view(), name="agenda"),
    path(f"{AGENDA}.pdf", cabinet_views.DelegationAgendaPaper.as_view(), name="agenda_pdf"),
]  # fmt: skip
