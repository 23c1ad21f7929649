"""The preview of an event that is not public: for staff, and kept by nobody."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events.tests.factories import DAY, make_event, make_member

pytestmark = pytest.mark.django_db


def address(name: str, slug: str = "congress") -> str:
    with translation.override("en"):
        return reverse(f"events:{name}", args=[slug])


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"status": "draft", "published_at": None}, "Preview: only staff see this page."),
        ({"status": "withdrawn"}, "Preview: only staff see this page."),
        ({"published_at": timezone.now() + DAY}, "Preview: not yet public."),
    ],
    ids=["draft", "withdrawn", "scheduled"],
)
def test_preview_shows_staff_what_is_not_public_and_is_kept_by_nobody(
    client, events_officer, fields, note
):
    make_event(**fields)
    page = address("preview")

    assert client.get(page).url.startswith("/accounts/login/")
    client.force_login(events_officer)
    shown = client.get(page)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    text = shown.content.decode()
    assert note in text
    assert '<meta name="robots" content="noindex">' in text
    assert "event.ics" not in text

    client.logout()
    assert client.get(page).url.startswith("/accounts/login/")
    assert client.get(address("detail")).status_code == 404


def test_preview_is_for_staff_who_may_see_events(client, make_representative):
    make_event(status="draft")
    client.force_login(make_representative(make_member()))

    assert client.get(address("preview")).status_code == 404
    assert client.get(address("preview", "nothing")).status_code == 404


def test_form_leads_to_the_preview(client, events_officer):
    event = make_event(status="draft")
    client.force_login(events_officer)

    page = client.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()

    assert reverse("events:preview", args=[event.slug]).partition("/events/")[2] in page
    assert "/preview/" not in client.get(reverse("admin:events_event_add")).content.decode()
