"""What the tests of the desk share."""

from django.test import Client
from django.urls import reverse


def address(record, name: str = "desk", *more: object) -> str:
    return reverse(f"admin:editorial_{name}", args=[record._meta.label_lower, record.pk, *more])


def do(client: Client, record, deed: str, follow: bool = False, **given):
    """Post one deed of the desk, with the version of the record as it is in memory."""
    data = {"version": record.version, **given}
    return client.post(address(record, "deed", deed), data, follow=follow)


def errors_of(response, deed: str) -> dict[str, list[str]]:
    """What the form of a deed says."""
    return dict(response.context["forms"][deed].errors.items())
