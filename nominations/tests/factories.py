"""Rows for the tests of nominations: made the way the portal makes them."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import Award
from awards.tests.factories import make_award
from content.dated import today
from nominations import calls, letters, nominating, sending, texts
from nominations.models import Dossier, DossierSection, OutsideCall, SectionText
from nominations.nominating import Choice, Interest

DAY = datetime.timedelta(days=1)
HEADINGS = [("Предпосылки", "Background"), ("Инициатива", "Initiative")]


def make_call(slug: str = "scroll", **fields) -> OutsideCall:
    """Third parties only, English only, sixty-five days ahead; two headings and a letter."""
    award = Award.objects.filter(slug=slug).first() or make_award(
        slug, giver="others", given_by_ru="ООН-Хабитат", given_by_en="UN-Habitat",
        title_ru="Почётный свиток", title_en="Scroll of Honour",
    )  # fmt: skip
    values = {
        "award": award,
        "title_ru": "Почётный свиток 2027",
        "title_en": "Scroll of Honour 2027",
        "year": 2027,
        "deadline_on": today() + 65 * DAY,
        "languages": ["en"],
        "letters_needed": ["head"],
        "page_limit": 10,
    }
    headings = fields.pop("headings", HEADINGS)
    call = OutsideCall.objects.create(**{**values, **fields})
    for order, (title_ru, title_en) in enumerate(headings, 1):
        DossierSection.objects.create(
            call=call, title_ru=title_ru, title_en=title_en, order=order, max_words=500
        )
    calls.set_up(call)
    return call


def make_interest(call: OutsideCall, member, by, **fields) -> Dossier:
    """A city that asked for a nomination."""
    values = {
        "title_ru": "Возрождение старого центра",
        "title_en": "The Old Town Comes Back",
        "reasons": "Дома сохранены, люди остались.",
        "contact_name": "Елена Маркова",
        "contact_email": "rep@example.org",
    }
    return nominating.express(call, member, Interest(**{**values, **fields}), by)


def make_dossier(call: OutsideCall, member, by, staff, **choice) -> Dossier:
    """A city that the secretariat nominates."""
    asked = make_interest(call, member, by)
    return nominating.accept(asked, Choice(**choice), staff)


def row(dossier: Dossier, language: str, number: int = 0) -> SectionText:
    """The text under one of the headings, counted from 0."""
    rows = SectionText.objects.filter(dossier=dossier, language=language)
    return rows.select_related("section").order_by("section__order")[number]


def write(
    dossier: Dossier, by, number: int = 0, text: str = "Город сохранил центр."
) -> SectionText:
    """The city writes under one heading."""
    return texts.keep(row(dossier, "ru", number), text, by)


def translate(dossier: Dossier, by, number: int = 0, text: str = "The city kept its centre."):
    """A translator writes beside the Russian text of now."""
    seen = row(dossier, "ru", number).text_hash
    return texts.keep(row(dossier, "en", number), text, by, source_seen=seen)


def pdf(name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 letter", "application/pdf")


def add_letter(dossier: Dossier, by, **fields):
    """The letter of the head of the city, in English."""
    values = {"kind": "head", "language": "en", "title": "The Mayor", "upload": pdf()}
    return letters.add(dossier, by, **{**values, **fields})


def fill(dossier: Dossier, by, staff) -> Dossier:
    """Every text in both languages, the letter."""
    for number in range(dossier.call.sections.count()):
        write(dossier, by, number)
        translate(dossier, staff, number)
    add_letter(dossier, by)
    return again(dossier)


def make_ready(dossier: Dossier, by, staff) -> Dossier:
    """Nothing keeps it from being sent."""
    fill(dossier, by, staff)
    final = sending.make_final(dossier, staff)
    sending.approve(final, final.final_digest, by)
    return again(dossier)


def make_sent(dossier: Dossier, by, staff) -> Dossier:
    """With the giver since yesterday's message."""
    ready = make_ready(dossier, by, staff)
    sending.record_sending(ready, staff, sent_on=today(), words="Message of 14:05")
    return again(dossier)


def again(dossier: Dossier) -> Dossier:
    """The dossier as it is now, with material."""
    return Dossier.objects.with_material().get(pk=dossier.pk)
