"""The demonstration has batches of drawings in every state, a look-alike and a copy on paper."""

import pytest

from awards.models import Author, Batch, Entry, LookAlike, PrintedCopy
from events.tests.factories import make_event
from members.tests.factories import make_member
from uclg_portal.demonstration import awards, batches

pytestmark = pytest.mark.django_db
CITIES = ("stavropol", "yakutsk", "kazan", "samarkand", "bishkek", "almaty", "ulaanbaatar")


def test_drawings_of_2026_came_in_batches():
    for slug in ("drawings-ceremony-yakutsk", "retreat-tangier-2020"):
        make_event(slug)
    for slug in CITIES:
        make_member(slug)
    awards.load()
    batches.load({}, with_pictures=False)
    stavropol = Batch.objects.get(entrant__member__slug="stavropol")
    assert (stavropol.state, stavropol.total) == ("done", 19)
    states = [stavropol.rows.filter(state=one).count() for one in ("taken", "no_consent", "wrong")]
    assert states == [17, 1, 1]
    assert set(Batch.objects.values_list("state", flat=True)) == {"done"}
    works = Entry.objects.filter(round__award__slug="children-drawings", round__slug="2026")
    assert works.filter(state="submitted").count() == 40
    assert works.admitted().count() == 39
    invented = {"(вымышленное имя)"}
    assert set(Author.objects.values_list("family_name_ru", flat=True)) == invented
    assert PrintedCopy.objects.filter(entry__in=works).count() == 1
    assert LookAlike.objects.filter(entry__entrant__member__slug="yakutsk").exists()
