"""Calls for a host city in public, bids in the cabinet."""

from django.urls import path, re_path

from hosting import cabinet_views, views

CALL = "cabinet/<slug:member_slug>/host-calls/<slug:slug>/"

app_name = "hosting"
urlpatterns = [
    path("host-calls/", views.CallList.as_view(), name="list"),
    path("host-calls/<slug:slug>/", views.CallPage.as_view(), name="call"),
    path("host-calls/<slug:slug>/terms/", views.terms, name="terms"),
    path(
        "cabinet/<slug:member_slug>/host-calls/",
        cabinet_views.MemberBids.as_view(),
        name="cabinet",
    ),
    path(CALL, cabinet_views.MemberBid.as_view(), name="bid"),
    path(f"{CALL}withdraw/", cabinet_views.WithdrawBid.as_view(), name="withdraw"),
    re_path(
        r"^cabinet/(?P<member_slug>[-\w]+)/host-calls/(?P<slug>[-\w]+)/files/(?P<file>\d{1,18})/$",
        cabinet_views.BidFile.as_view(),
        name="file",
    ),
]
