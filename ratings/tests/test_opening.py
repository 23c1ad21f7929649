"""Opening and freezing: refused with the reasons, done once, taken back before an answer."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone, translation

from content.models import AuditEntry
from ratings import opening
from ratings.models import Edition
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """Ready, and not opened yet."""
    return make_full_edition(opened_at=None)


def test_open_questionnaire_sets_the_moment_once(edition, ratings_officer):
    at = timezone.now() - datetime.timedelta(hours=2)
    opening.open_questionnaire(edition, ratings_officer, at)
    opening.open_questionnaire(edition, ratings_officer)
    edition.refresh_from_db()
    assert edition.opened_at == at
    assert edition.takes_answers()
    row = AuditEntry.objects.get(verb="ratings.edition.opened")
    assert (row.actor, row.object_id) == (ratings_officer, edition.pk)


def test_open_questionnaire_is_refused_with_the_problems(edition, ratings_officer):
    edition.groups.update(weight=0)
    with translation.override("en"), pytest.raises(opening.NotReady) as refused:
        opening.open_questionnaire(edition, ratings_officer)
    assert [one.level for one in refused.value.problems] == ["error"]
    assert str(refused.value) == (
        "Nothing is scored: no group with a weight has an indicator with one."
    )
    edition.refresh_from_db()
    assert edition.opened_at is None


def test_opening_is_taken_back_before_the_first_answer_only(edition, ratings_officer):
    opening.open_questionnaire(edition, ratings_officer)
    opening.take_back(edition, ratings_officer)
    assert Edition.objects.get().opened_at is None
    opening.open_questionnaire(edition, ratings_officer)
    opening.freeze(edition)
    with pytest.raises(opening.Answered):
        opening.take_back(edition, ratings_officer)
    assert Edition.objects.get().opened_at is not None


def test_freeze_keeps_the_first_moment(edition, ratings_officer):
    opening.open_questionnaire(edition, ratings_officer)
    assert opening.freeze(edition) is True
    first = edition.frozen_at
    assert opening.freeze(Edition.objects.get()) is False
    assert opening.freeze(edition) is False
    assert Edition.objects.get().frozen_at == first


@pytest.mark.django_db(transaction=True)
def test_of_two_who_freeze_at_once_one_is_first(edition, ratings_officer):
    opening.open_questionnaire(edition, ratings_officer)
    copies, said = [Edition.objects.get(), Edition.objects.get()], []

    def one_hand(copy):
        try:
            said.append(opening.freeze(copy))
        finally:
            connection.close()

    hands = [threading.Thread(target=one_hand, args=[copy]) for copy in copies]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(said) == [False, True]
