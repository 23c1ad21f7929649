"""A laureate's work becomes a practice in the library in one step, with the jury's words."""

import datetime

import pytest
from django.utils import translation

from awards.models import EntryAnswer
from awards.tests import factories as awards
from laureates.tests.factories import make_laureate
from library import publishing
from library.models import Publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def laureate(db):
    round = awards.make_round()
    shown, hidden = awards.make_field(round), awards.make_field(round, is_identifying=True)
    entry = awards.make_entry(awards.make_entrant(round))
    for code, text in (("ru", "Двор стал <садом>."), ("en", "The yard became a <garden>.")):
        EntryAnswer.objects.create(entry=entry, field=shown, language=code, text=text)
        EntryAnswer.objects.create(entry=entry, field=hidden, language=code, text="Ivan Petrov")
    return make_laureate(
        round.award, entry=entry, work_title_ru="Двор", work_title_en="Yard",
        citation_en="For the yard", jury_words_ru="Просто.", jury_words_en="Simple.",
        presented_on=datetime.date(2026, 5, 9),
    )  # fmt: skip


def test_practice_says_the_answers_and_the_words_of_the_jury(laureate, lead):
    done = publishing.publish(laureate, lead)
    with translation.override("en"):
        again = publishing.publish(laureate, lead)
    assert (again, done.kind, done.title_en, done.summary_en) == (
        done, "practice", "Yard", "For the yard",
    )  # fmt: skip
    assert "The yard became a &lt;garden&gt;." in done.body_en
    assert "Recommended by the jury of “Heritage of Eurasia" in done.body_en
    assert "on 9 May 2026</h2><p>Simple.</p>" in done.body_en
    assert "Ivan Petrov" not in done.body_en + done.body_ru
    assert done.source_path == f"/laureates/{laureate.pk}/"
    assert Publication.objects.count() == 1


def test_prv_4_works_of_children_are_not_copied_into_the_library(laureate, lead):
    """A copy would keep name and age after the guardian has withdrawn the consent."""
    round = laureate.entry.round
    round.is_for_children = True
    round.save()
    with pytest.raises(publishing.PublishingRefused):
        publishing.publish(laureate, lead, although_incomplete=True)
    assert Publication.objects.count() == 0


def test_winner_is_not_published_before_the_results_are_out(laureate, lead):
    laureate.round = laureate.entry.round
    laureate.save()
    with pytest.raises(publishing.PublishingRefused):
        publishing.publish(laureate, lead, although_incomplete=True)
    assert Publication.objects.count() == 0
