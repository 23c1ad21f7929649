"""What is erased two years after the sealing, and what stays for ever."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from content import retention as registry
from content.models import PrivateFile
from content.privatefiles import keep_bytes
from questionnaires import retention
from questionnaires.models import Answer, AnswerChange, AnswerNote, Evidence, Response
from questionnaires.tests.factories import make_sent
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=365)


def kept(name: str) -> PrivateFile:
    return keep_bytes(b"%PDF-1.7", f"{name}.pdf", "application/pdf", "test", None)


@pytest.fixture
def response(make_user) -> Response:
    """A questionnaire with a letter, a paper, proofs, words and a correction."""
    edition = make_full_edition()
    Indicator.objects.filter(edition=edition, code="E1").update(kind="text", weight=0)
    row = make_sent(
        edition, {"P1": 3, "P2": 5}, letter=kept("letter"), paper=kept("paper"),
        letter_details="Ivan Petrov, 5 May",
    )  # fmt: skip
    text = Answer.objects.create(
        response=row, indicator=edition.indicators.get(code="E1"), text="Ivan Petrov said so"
    )
    first = row.answers.get(indicator__code="P1")
    Answer.objects.filter(pk=first.pk).update(comment="Ask Olga")
    Evidence.objects.create(answer=first, file=kept("proof"))
    Evidence.objects.create(answer=first, file=row.letter)
    Evidence.objects.create(answer=first, link="https://example.org/")
    AnswerNote.objects.create(answer=first, text="Who counted?")
    for answer, deed, before, after, reason in [
        (text, "typed", "", "Ivan Petrov said so", ""),
        (first, "typed", "", "3", "Ask Olga"),
        (first, "corrected", "3", "2", "Counted twice"),
    ]:
        AnswerChange.objects.create(
            answer=answer, deed=deed, before=before, after=after, reason=reason
        )
    return row


def seal(response: Response, years: float) -> None:
    Edition.objects.filter(pk=response.edition_id).update(sealed_at=timezone.now() - years * YEAR)


def purge_all() -> list[int]:
    now = timezone.now()
    purges = (retention.purge_evidence, retention.purge_papers, retention.purge_words)
    return [purge(now) for purge in purges]


def test_everything_stays_for_two_years(response):
    seal(response, 1.99)
    assert purge_all() == [0, 0, 0]
    assert (Evidence.objects.count(), PrivateFile.objects.count()) == (3, 3)


def test_papers_and_words_go_and_numbers_stay(response):
    seal(response, 2.01)
    assert purge_all() == [3, 1, 2]
    row = Response.objects.get()
    assert (row.letter, row.paper, row.letter_details) == (None, None, "")
    assert not PrivateFile.objects.exists()
    said = dict(Answer.objects.values_list("indicator__code", "number"))
    assert said == {"P1": 3, "P2": 5, "E1": None}
    assert set(Answer.objects.values_list("text", "comment")) == {("", "")}
    assert not AnswerNote.objects.exists()
    log = AnswerChange.objects.order_by("pk").values_list("deed", "before", "after", "reason")
    assert list(log) == [
        ("typed", "", "", ""), ("typed", "", "3", ""), ("corrected", "3", "2", "Counted twice"),
    ]  # fmt: skip
    assert purge_all() == [0, 0, 0]


def test_edition_that_was_never_sealed_goes_three_years_after_its_close(response):
    old = timezone.now() - 3.01 * YEAR
    Edition.objects.update(opens_at=old - YEAR, closes_at=old)
    assert purge_all() == [3, 1, 2]


def test_sealed_rows_change_in_no_other_way(response):
    seal(response, 3)
    for rows, values in [
        (Answer.objects.filter(indicator__code="P1"), {"number": 9}),
        (Answer.objects.filter(indicator__code="P1"), {"comment": "Another"}),
        (Answer.objects.filter(indicator__code="E1"), {"text": "Another"}),
        (Response.objects.all(), {"population": 5}),
        (Response.objects.all(), {"letter_details": "Another"}),
        (AnswerChange.objects.all(), {"after": "Another"}),
        (AnswerChange.objects.all(), {"deed": "accepted"}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_log_stays_whole_until_then(response):
    seal(response, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerChange.objects.update(reason="")


def test_register_names_what_is_held():
    keys = [one.key for one in registry.registry() if one.key.startswith("questionnaires.")]
    assert keys == ["questionnaires.evidence", "questionnaires.papers", "questionnaires.words"]
