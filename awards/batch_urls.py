"""Addresses of batches: in the cabinet of a member, and behind the link of an institution."""

from django.urls import path

from awards import batch_views as views

DOORS = {
    "cabinet": (
        "cabinet/<slug:member_slug>/awards/<slug:award>/<slug:round>/batch/",
        (
            views.CabinetBatchList,
            views.CabinetBatchTemplate,
            views.CabinetBatchReport,
            views.CabinetRowConsent,
        ),
    ),
    "link": (
        "entries/<str:token>/batch/",
        (
            views.LinkBatchList,
            views.LinkBatchTemplate,
            views.LinkBatchReport,
            views.LinkRowConsent,
        ),
    ),
}
PAGES = (
    ("list", ""),
    ("template", "template.xlsx"),
    ("batch", "<uuid:key>/"),
    ("consent", "<uuid:key>/rows/<int:row>/consent/"),
)
urlpatterns = [
    path(f"{start}{end}", view.as_view(), name=f"{door}_batch_{name}")
    for door, (start, found) in DOORS.items()
    for (name, end), view in zip(PAGES, found, strict=True)
]
