"""The visa support letter of a delegation: made on demand, written down, kept nowhere."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from content import audit, documents
from content.dated import today
from content.dates import day_text, period_text
from content.languages import LANGUAGE_CODES, in_language
from events.models import Delegation, Event
from partnerships.sides import country_names
from travel import passports
from travel.models import Passport, VisaLetter

TEMPLATE = "travel/pdf/visa_letter.typ"


@dataclass(frozen=True)
class MadeLetter:
    """The file and the row that says it was made."""

    pdf: bytes
    name: str
    letter: VisaLetter


@transaction.atomic
def make(delegation: Delegation, by: Any) -> MadeLetter:
    """Letters for everybody of a delegation who gave passport data: one for each consulate, in
    both languages, in one file. Raises ValidationError when nobody did.
    """
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    found = (
        Passport.objects.filter(participant__in=delegation.participants.active())
        .select_related("participant__event", "event")
        .order_by("consulate", "participant__order", "pk")
    )
    opened = passports.reveal(found, by, "in_letter")
    if not opened:
        raise ValidationError(_("Nobody of this delegation has given passport data."))
    last = delegation.visa_letters.aggregate(last=Max("number"))["last"] or 0
    letter = VisaLetter.objects.create(delegation=delegation, number=last + 1, made_by=by)
    letter.people.set([passport.participant for passport, _data in opened])
    number = f"V-{delegation.event_id}-{delegation.pk}-{letter.number}"
    made = documents.pdf(
        TEMPLATE, letter_data(delegation, opened, number), title=number, language="ru"
    )
    return MadeLetter(made, f"{number}.pdf", letter)


def letter_data(delegation: Delegation, opened: list, number: str) -> dict:
    """What the paper prints: a sheet for each consulate and language."""
    sheets = []
    for consulate, rows in groupby(opened, key=lambda row: row[0].consulate):
        people = list(rows)
        for code in LANGUAGE_CODES:
            with translation.override(code):
                sheets.append(_sheet(delegation, consulate, people, code))
    return {"number": number, "sheets": sheets}


def mark_sent(letter: VisaLetter, by: Any) -> None:
    """The letter has left for the delegation or the consulate; the first mark stays."""
    with transaction.atomic():
        now = timezone.now()
        rows = VisaLetter.objects.filter(pk=letter.pk, sent_at__isnull=True)
        if rows.update(sent_at=now, sent_by=by):
            delegation = letter.delegation
            audit.record("travel.letter.sent", delegation, by, f"{delegation}: {letter.number}")


def _sheet(delegation: Delegation, consulate: str, people: list, code: str) -> dict:
    event = delegation.event
    words = {
        "event": in_language(event, "title")[0],
        "when": period_text(event.starts_at, event.ends_at, event.zone),
        "place": in_language(event, "place")[0] or "—",
        "sender": delegation.sender_in(code),
    }
    return {
        "language": code,
        "to": [_("To the consular section"), consulate],
        "date": day_text(today()),
        "title": _("On visa support"),
        "paragraphs": [
            _("The association invites the delegation “%(sender)s” to “%(event)s”.") % words,
            _("Time: %(when)s. Place: %(place)s.") % words,
            _("We ask you to issue visas to the following people:"),
        ],
        "headings": [
            _("Name"), _("Date of birth"), _("Nationality"), _("Passport"), _("Valid until"),
        ],
        "rows": [_person(data, code) for _passport, data in people],
        "signature": _("Secretary General"),
        "note": _("The letter was made for this purpose alone and holds personal data."),
    }  # fmt: skip


def _person(data: dict, code: str) -> list[str]:
    return [
        f"{data['surname']} {data['given_names']}",
        _day(data["birth_date"], code),
        country_names(code).get(data["nationality"], data["nationality"]),
        data["number"],
        _day(data["expires_on"], code),
    ]


def _day(text: str, code: str) -> str:
    day = None if text == passports.UNREADABLE else parse_date(text)
    return day_text(day, code) if day else text


def export_rows(event: Event, by: Any) -> tuple[list, list]:
    """Headings and rows of all passport data of an event, for one member of staff; written down.

    For the office that books or applies for everybody; never part of the general export.
    """
    found = Passport.objects.filter(participant__in=event.participants.active())
    found = found.select_related(
        "participant__event", "participant__delegation__member", "participant__delegation__event"
    ).prefetch_related("participant__delegation__member__names")
    headings = [
        _("Member"), _("Surname"), _("Given names"), _("Nationality"), _("Passport"),
        _("Date of birth"), _("Place of birth"), _("Issued on"), _("Expires on"), _("Consulate"),
    ]  # fmt: skip
    order = ("surname", "given_names", "nationality", "number", "birth_date", "birth_place",
             "issued_on", "expires_on")  # fmt: skip
    rows = [
        [
            passport.participant.delegation.sender_in(),
            *(data[name] for name in order),
            passport.consulate,
        ]
        for passport, data in passports.reveal(found.order_by("participant"), by, "exported")
    ]
    return headings, rows
