"""Addresses of entering: in the cabinet of a member, and by a link without an account."""

from django.urls import path

from awards import entrant_views, entry_cabinet

CABINET = "cabinet/<slug:member_slug>/awards/"
urlpatterns = [
    path(CABINET, entry_cabinet.CabinetAwards.as_view(), name="cabinet"),
    path(
        f"{CABINET}start/<slug:award>/<slug:round>/",
        entry_cabinet.CabinetStart.as_view(),
        name="cabinet_start",
    ),
    path(f"{CABINET}entries/<int:pk>/", entry_cabinet.CabinetEntry.as_view(), name="cabinet_entry"),
    path(
        f"{CABINET}entries/<int:pk>/files/<int:file>/",
        entry_cabinet.CabinetEntryFile.as_view(),
        name="cabinet_entry_file",
    ),
    path("awards/<slug:award>/<slug:slug>/enter/", entrant_views.enter, name="enter"),
    path(
        "awards/<slug:award>/<slug:slug>/enter/sent/", entrant_views.enter_sent, name="enter_sent"
    ),
    path("entries/<str:token>/", entrant_views.EntrantPage.as_view(), name="entrant"),
    path(
        "entries/<str:token>/<int:pk>/", entrant_views.EntrantEntry.as_view(), name="entrant_entry"
    ),
    path(
        "entries/<str:token>/<int:pk>/files/<int:file>/",
        entrant_views.EntrantEntryFile.as_view(),
        name="entrant_entry_file",
    ),
]
