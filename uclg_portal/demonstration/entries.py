"""Entries of the demonstration: sent ones of members and of an outsider, and a draft of Kazan."""

import datetime
from typing import Any

from django.utils import timezone

from awards import drafts, entering, entrant_links, entry_slots, sending
from awards.models import Entrant, Entry, EntryField, Round
from members.models import Country, Member
from uclg_portal.demonstration import data

SINGLE = ("number", "date", "link")


def load(users: dict[str, Any]) -> None:
    """Everything of entries.toml, through the capabilities; rounds and members have to be there."""
    told = data.table("entries.toml")
    round = Round.objects.get(award__slug=told["award"], slug=told["round"])
    for row in told["entries"]:
        by = users.get(f"{row.get('member')}@example.org")
        entry = sending.begin(_entrant(round, row), by, language=row["language"])
        drafts.save(entry, _values(entry, row), entry_seen(entry))
        if days := row.get("sent_days_ago"):
            sending.submit(entry, by, timezone.now() - datetime.timedelta(days=days))


def entry_seen(entry: Entry) -> dict[str, str]:
    """What a page would have seen of a new draft."""
    stored = entry_slots.read(entry)
    return {name: entry_slots.fingerprint(text) for name, text in stored.items()}


def _entrant(round: Round, row: dict[str, Any]) -> Entrant:
    if "member" in row:
        return entering.of_member(round, Member.objects.get(slug=row["member"]))
    told = row["outsider"]
    entrant = Entrant.objects.create(
        round=round,
        confirmed_at=timezone.now(),
        country=Country.objects.get(code=told["country"]),
        **{name: told[name] for name in ("kind", "name_ru", "name_en", "home_text")},
        **{name: told[name] for name in ("contact_name", "email")},
    )
    entrant_links.keep(entrant)
    return entrant


def _values(entry: Entry, row: dict[str, Any]) -> dict[str, str]:
    """The row as the form would post it."""
    category = entry.round.categories.get(code=row["category"])
    values = {"category": str(category.pk), "title_ru": row["title_ru"]}
    values["title_en"] = row.get("title_en", "")
    texts = iter(row["answers"])
    for field in entry_slots.questions_of(entry.round):
        if field.kind == EntryField.Kind.TEXT:
            russian, english = next(texts)
            values |= {f"q{field.pk}_ru": russian, f"q{field.pk}_en": english}
        else:
            values[f"q{field.pk}"] = _single(field, row)
    return {name: text for name, text in values.items() if text}


def _single(field: EntryField, row: dict[str, Any]) -> str:
    chosen = [one.pk for one in field.choices.all()]
    if field.kind == EntryField.Kind.CHOICE and "choice" in row:
        return str(chosen[row["choice"]])
    if field.kind == EntryField.Kind.CHOICES:
        return entry_slots.joined(chosen[number] for number in row.get("choices", []))
    if field.kind == EntryField.Kind.YES_NO and "sent_days_ago" in row:
        return "yes"
    if field.kind == EntryField.Kind.LINE:
        return row.get("team", "")
    return row.get(field.kind, "") if field.kind in SINGLE else ""
