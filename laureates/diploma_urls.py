"""Where diplomas are fetched."""

from django.urls import path

from laureates import diploma_views

urlpatterns = [
    path(
        "cabinet/<slug:member_slug>/diplomas/", diploma_views.CabinetDiplomas.as_view(),
        name="cabinet_diplomas",
    ),
    path(
        "cabinet/<slug:member_slug>/diplomas/<int:pk>.pdf",
        diploma_views.CabinetDiploma.as_view(), name="cabinet_diploma",
    ),
    path("diplomas/<str:key>/", diploma_views.diploma_by_link, name="diploma_by_link"),
]  # fmt: skip
