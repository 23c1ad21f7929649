"""Addresses of the jury: /jury/, a stage, a work by its number, its files."""

from django.urls import path, register_converter

from judging import screen, screen_export, screen_files, screen_order, screen_votes, screen_work


class WorkCode:
    """The number of a work in the four digits that people say: 0417."""

    regex = "[0-9]{4,9}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04d}"


register_converter(WorkCode, "work_code")

urlpatterns = [
    path("jury/", screen.JuryFront.as_view(), name="front"),
    path("jury/<int:stage>/", screen.Gallery.as_view(), name="gallery"),
    path("jury/<int:stage>/scores.xlsx", screen_export.OwnScores.as_view(), name="own_scores"),
    path("jury/<int:stage>/order/", screen_order.Order.as_view(), name="order"),
    path("jury/<int:stage>/votes/", screen_votes.Votes.as_view(), name="votes"),
    path("jury/<int:stage>/<work_code:number>/", screen_work.Work.as_view(), name="work"),
    path(
        "jury/<int:stage>/<work_code:number>/<str:size>/<str:name>",
        screen_files.File.as_view(),
        name="file",
    ),
]
