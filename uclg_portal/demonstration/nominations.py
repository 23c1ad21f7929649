"""Nominations of the demonstration: dossiers in work, one ready to send, one sent in 2020."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import Award
from content import documents
from content.dated import parse_partial, today
from members.models import Member
from nominations import calls, letters, nominating, paper, sending, texts
from nominations.models import Dossier, DossierSection, OutsideCall, SectionText
from nominations.nominating import Choice, Interest
from uclg_portal.demonstration import data

PLAIN = ("third_party_only", "languages", "page_limit", "letters_needed", "nominated_at_most",
         "send_to", "website", "time_zone")  # fmt: skip


def load(users: dict[str, Any]) -> None:
    """Everything of nominations.toml, through the capabilities; members and awards are there."""
    members = {member.slug: member for member in Member.objects.all()}
    for row in data.table("nominations.toml")["calls"]:
        call = _load_call(row)
        for one in row["dossiers"]:
            by = users[f"{one['member']}@example.org"]
            _load_dossier(call, members[one["member"]], one, by, users["admin@example.org"])
        if not row.get("is_shown", True):
            call.is_shown = False
            call.save()


def _load_call(row: dict[str, Any]) -> OutsideCall:
    deadline = None
    if "deadline_days" in row:
        deadline = today() + datetime.timedelta(days=row["deadline_days"])
    hour = row.get("deadline_time")
    call = OutsideCall.objects.create(
        award=Award.objects.get(slug=row["award"]),
        year=row.get("year") or deadline.year,
        deadline_on=deadline,
        deadline_time=datetime.time.fromisoformat(hour) if hour else None,
        **{name: row[name] for name in PLAIN if name in row},
        **data.texts(row, "title", "terms"),
    )
    for order, one in enumerate(row["headings"], 1):
        DossierSection.objects.create(
            call=call, order=order, max_words=one.get("max_words"),
            **data.texts(one, "title", "hint"),
        )  # fmt: skip
    calls.set_up(call)
    return call


def _load_dossier(call: OutsideCall, member: Member, row: dict[str, Any], by, desk) -> None:
    interest = Interest(
        title_ru=row["title_ru"], title_en=row["title_en"], reasons=row["reasons"],
        contact_name=by.full_name, contact_email=by.email,
    )  # fmt: skip
    dossier = nominating.express(call, member, interest, by)
    if row.get("is_interest"):
        return
    nominating.accept(dossier, Choice(row.get("nominator", "secretariat")), desk)
    for number, pair in enumerate(row["texts"]):
        _write(dossier, number, "ru", pair[0], by)
        if len(pair) > 1:
            _write(dossier, number, "en", pair[1], desk)
    for number, text in row.get("later", []):
        _write(dossier, number, "ru", text, by)
    if "letter" in row:
        _add_letter(dossier, row["letter"], by)
    if row.get("is_ready"):
        final = sending.make_final(dossier, desk)
        sending.approve(final, final.final_digest, by)
    if "sent" in row:
        _send(dossier, row, desk)


def _write(dossier: Dossier, number: int, language: str, text: str, by) -> None:
    rows = SectionText.objects.filter(dossier=dossier).select_related("section")
    section = dossier.call.sections.all()[number]
    row = rows.get(section=section, language=language)
    seen = rows.get(section=section, language="ru").text_hash
    texts.keep(row, text, by, source_seen=seen if language == "en" else "")


def _add_letter(dossier: Dossier, title: str, by) -> None:
    city, country = dossier.member.name_en, dossier.member.country.name_en
    words = {"nominee": "From", "nominator": "To", "letters": "Enclosed"}
    told = {
        "words": words, "title": title, "call": dossier.call.title_en, "city": city,
        "country": country, "nominator": "UN-Habitat", "letters": [],
        "parts": [{"title": dossier.title_en, "paragraphs": ["The city stands behind this work."]}],
    }  # fmt: skip
    made = documents.pdf(paper.TEMPLATE, told, title=f"{title}: {city}", language="en")
    upload = SimpleUploadedFile("letter.pdf", made, "application/pdf")
    letters.add(dossier, by, kind="head", language="en", title=title, upload=upload)


def _send(dossier: Dossier, row: dict[str, Any], desk) -> None:
    day, precision = parse_partial(row["sent"]["on"])
    sending.record_sending(
        dossier, desk, sent_on=day, precision=precision, words=row["sent"]["words_ru"]
    )
    sending.record_outcome(dossier, row["outcome"], desk)
