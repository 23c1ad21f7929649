"""Consents of guardians: given, proved later, withdrawn with everything that hangs on them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from awards import consents
from awards.models import Entry, GuardianConsent, PrintedCopy
from awards.tests.factories import make_author, make_entrant, make_entry, make_round
from content.dated import today
from content.models import AuditEntry, PrivateFile

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def sheet(name: str = "Сафина Амина.pdf", data: bytes = b"%PDF-1.7 signed") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def author():
    return make_author(make_entry(make_entrant(make_round(is_for_children=True))))


def test_consent_is_written_once_and_proved_later(author, lead):
    first = consents.give(author, "entry", today(), None, lead)
    again = consents.give(author, "entry", today(), sheet(), lead)
    third = consents.give(author, "entry", today(), sheet(), lead)
    assert first.pk == again.pk == third.pk
    assert PrivateFile.objects.count() == 1
    scan = again.scan
    assert (scan.name, scan.purpose, scan.uploaded_by) == ("consent.pdf", consents.SCAN, None)
    assert not AuditEntry.objects.filter(summary__contains="Сафина").exists()


def test_consent_of_tomorrow_is_refused(author, lead):
    with pytest.raises(ValidationError) as caught:
        consents.give(author, "entry", today() + DAY, None, lead)
    assert set(caught.value.error_dict) == {"given_on"}


def test_scan_that_is_a_program_is_refused_and_nothing_is_written(author, lead):
    with pytest.raises(ValidationError):
        consents.give(author, "entry", today(), sheet("sheet.pdf", b"MZ"), lead)
    assert (GuardianConsent.objects.count(), PrivateFile.objects.count()) == (0, 0)


def test_prv_4_entry_without_consent_is_neither_judged_nor_shown(author, lead):
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (0, 0)
    consents.give(author, "entry", today(), None, lead)
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (1, 0)
    consents.give(author, "public", today(), None, lead)
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (1, 1)


def test_withdrawing_to_be_shown_leaves_the_jury(author, lead):
    for purpose in ("entry", "public"):
        consents.give(author, purpose, today(), None, lead)
    done = consents.withdraw(author, "public", lead)
    assert [consent.purpose for consent in done.ended] == ["public"]
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (1, 0)


def test_withdrawing_to_take_part_ends_both_and_lists_paper(author, lead):
    for purpose in ("entry", "public"):
        consents.give(author, purpose, today(), None, lead)
    PrintedCopy.objects.create(entry=author.entry, what="Каталог", where="Казань", copies=300)
    done = consents.withdraw(author, "entry", lead)
    assert {consent.purpose for consent in done.ended} == {"entry", "public"}
    assert [one.text for one in done.printed] == [consents.copy_text(PrintedCopy.objects.get())]
    assert len(done.hidden) == 2
    assert (Entry.objects.admitted().count(), Entry.objects.showable().count()) == (0, 0)
    assert consents.withdraw(author, "entry", lead) == consents.Withdrawal((), (), ())
    assert GuardianConsent.objects.filter(withdrawn_by=lead).count() == 2


def test_registered_hider_works_in_the_transaction(author, lead, monkeypatch):
    monkeypatch.setattr(consents, "_hiders", list(consents._hiders))
    seen = []

    def failing(one, purpose, by):
        seen.append((one, purpose, by))
        raise RuntimeError

    consents.give(author, "public", today(), None, lead)
    consents.on_withdrawal(failing)
    with pytest.raises(RuntimeError):
        consents.withdraw(author, "public", lead)
    assert seen == [(author, "public", lead)]
    assert GuardianConsent.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_consent_may_be_given_again_after_a_withdrawal(author, lead):
    consents.give(author, "entry", today(), None, lead)
    consents.withdraw(author, "entry", lead)
    consents.give(author, "entry", today(), None, lead)
    assert GuardianConsent.objects.filter(author=author).count() == 2
    assert Entry.objects.admitted().count() == 1
