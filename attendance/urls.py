"""The pages of this app."""

from django.urls import path

from attendance import (
    certificate_views,
    checkin_views,
    confirmation_views,
    participants_public,
)

app_name = "attendance"
CERTIFICATE = "cabinet/<slug:member_slug>/events/<slug:slug>/certificates/<int:pk>.pdf"
urlpatterns = [
    path("events/<slug:slug>/participants/", participants_public.page, name="participants"),
    path(
        "events/places/<str:key>/certificate.pdf", certificate_views.place_certificate,
        name="place_certificate",
    ),
    path(CERTIFICATE, certificate_views.CertificateFile.as_view(), name="certificate"),
    path(
        "cabinet/<slug:member_slug>/events/<slug:slug>/confirmation.pdf",
        confirmation_views.ConfirmationLetter.as_view(), name="confirmation",
    ),
    path("door/pass/<str:token>/", checkin_views.helper_door, name="door_pass"),
    path("door/<slug:slug>/", checkin_views.staff_door, name="door"),
]  # fmt: skip
