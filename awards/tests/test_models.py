"""What the models themselves hold true."""

import pytest

from awards.models import Entry
from awards.tests.factories import (
    make_author,
    make_category,
    make_entrant,
    make_entry,
    make_round,
)

pytestmark = pytest.mark.django_db


def test_prv_4_without_a_guardians_consent_neither_jury_nor_public_sees_a_work():
    round = make_round(is_for_children=True)
    entrant, category = make_entrant(round), make_category(round)
    without, for_the_jury, for_all = (make_entry(entrant, category) for _time in range(3))
    make_author(without)
    make_author(for_the_jury, consents=("entry",))
    make_author(for_all, consents=("entry", "public"))
    assert list(Entry.objects.admitted()) == [for_the_jury, for_all]
    assert list(Entry.objects.showable()) == [for_all]


def test_one_missing_consent_of_two_authors_holds_a_work_back():
    round = make_round(is_for_children=True)
    entry = make_entry(make_entrant(round), make_category(round))
    make_author(entry, consents=("entry", "public"))
    make_author(entry, consents=("entry",))
    assert list(Entry.objects.admitted()) == [entry]
    assert list(Entry.objects.showable()) == []
