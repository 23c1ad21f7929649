"""The open call of the demonstration has entries in both states, of members and of an outsider."""

import pytest

from awards import entry_checks
from awards.models import Entry
from events.tests.factories import make_event
from members.tests.factories import make_member
from uclg_portal.demonstration import awards, entries

pytestmark = pytest.mark.django_db
CITIES = ("bishkek", "stavropol", "samarkand", "ulaanbaatar", "almaty", "kazan")


def test_the_open_call_has_entries_and_a_draft():
    for slug in ("drawings-ceremony-yakutsk", "retreat-tangier-2020"):
        make_event(slug)
    for slug in CITIES:
        make_member(slug, slug, slug.title())
    awards.load()
    entries.load({})
    sent = Entry.objects.admitted().order_by("number")
    assert [(one.code, str(one.entrant)) for one in sent] == [
        ("0001", "bishkek"), ("0002", "stavropol"), ("0003", "samarkand"),
        ("0004", "ulaanbaatar"), ("0005", "almaty"), ("0006", "Дом детского творчества «Маяк»"),
    ]  # fmt: skip
    assert [entry_checks.problems(one) for one in sent] == [{}] * 6
    draft = Entry.objects.get(state="draft")
    assert draft.title_ru == "Двор, который придумали дети"
    assert entry_checks.missing(draft) == 6
