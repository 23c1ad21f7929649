"""Entries as a table: everything they answer as columns, for the entries that the list shows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards.entry_slots import CHOSEN, FILES
from awards.models import Author, Entry, EntryField
from content.languages import in_language

AUTHORS = ("given_name_ru", "family_name_ru", "given_name_en", "family_name_en", "age",
           "institution_ru", "institution_en", "teacher_ru", "teacher_en")  # fmt: skip


def table(entries: QuerySet[Entry], *, with_authors: bool) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows, in the reader's language; authors for who may see them alone.

    A constant number of queries, whatever the number of entries.
    """
    entries = list(
        entries.select_related(
            "round__award", "category", "entrant__member", "entrant__country", "home",
            "nominee_member",
        ).prefetch_related("answers__choices", "files__file", "authors")
    )  # fmt: skip
    questions = _questions(entries)
    headings = [*_headings(), *(_asked(one, code) for one, code in questions)]
    rows = [[*_facts(one), *_answers(one, questions)] for one in entries]
    if with_authors and any(one.round.is_for_children for one in entries):
        headings += [Author._meta.get_field(name).verbose_name for name in AUTHORS]
        rows = [
            [*row, *_authors(one)] for row, one in zip(rows, entries, strict=True)
        ]  # fmt: skip
    return headings, rows


def _questions(entries: Iterable[Entry]) -> list[tuple[EntryField, str]]:
    """Every question of the rounds, once for each language it is asked in."""
    rounds = {entry.round_id for entry in entries}
    found = []
    for field in EntryField.objects.filter(round__in=rounds):
        codes = (
            ("ru", "en") if field.in_both_languages and field.kind in ("line", "text") else ("",)
        )
        found += [(field, code) for code in codes]
    return found


def _headings() -> list[str]:
    return [
        _("Call"), _("Number"), _("State"), _("Category"), _("Title in Russian"),
        _("Title in English"), _("Entrant"), _("City"), _("Nominated"), _("Sent"), _("Reason"),
    ]  # fmt: skip


def _facts(entry: Entry) -> list[Any]:
    language = get_language() or "ru"
    home = in_language(entry.home, "name")[0] if entry.home else entry.home_text
    nominee = (
        in_language(entry.nominee_member, "name")[0]
        if entry.nominee_member
        else entry.nominee_ru or entry.nominee_en
    )
    return [
        f"{in_language(entry.round.award, 'title')[0]}: {in_language(entry.round, 'title')[0]}",
        entry.code, entry.get_state_display(),
        in_language(entry.category, "title")[0] if entry.category else "",
        entry.title_ru, entry.title_en, entry.entrant.name_in(language), home, nominee,
        entry.submitted_at, entry.refused_reason,
    ]  # fmt: skip


def _asked(field: EntryField, code: str) -> str:
    label = in_language(field, "label")[0]
    return f"{label} ({code})" if code else label


def _answers(entry: Entry, questions: list[tuple[EntryField, str]]) -> list[str]:
    answers = {(one.field_id, one.language): one for one in entry.answers.all()}
    cells = []
    for field, code in questions:
        answer = answers.get((field.pk, code))
        if field.kind in FILES:
            names = [one.file.name for one in entry.files.all() if one.field_id == field.pk]
            cells.append(", ".join(names))
        elif answer is None:
            cells.append("")
        elif field.kind in CHOSEN:
            cells.append(", ".join(in_language(one, "label")[0] for one in answer.choices.all()))
        else:
            cells.append(answer.text)
    return cells


def _authors(entry: Entry) -> list[Any]:
    """The columns of the authors; several authors stand in one cell, a line each."""
    authors = list(entry.authors.all())
    return [
        "\n".join(str(getattr(one, name) or "") for one in authors) for name in AUTHORS
    ]  # fmt: skip
