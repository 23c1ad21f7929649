"""Last year's round once more: its rules, categories and entry form, nothing of its entries."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Category, EntryField, Round
from content import audit
from content.dates import local_day, moment_text
from events.cloning import moved

# What the new round does not inherit: it is not announced, its theme and ceremony are its own.
FRESH = {
    "status": Round.Status.DRAFT,
    "published_at": None,
    "theme_ru": None,
    "theme_en": None,
    "results_of_year": None,
    "results_expected_on": None,
    "edition": None,
    "event": None,
    "version": 0,
}

Copier = Callable[[Round, Round, dict[Category, Category]], list[str]]
_copiers: list[Copier] = []


def register(copier: Copier) -> Copier:
    """Register what an app of an upper floor copies: takes the round, the new one and which
    category became which; returns what it copied, as words for the list."""
    if copier not in _copiers:
        _copiers.append(copier)
    return copier


@dataclass
class Copied:
    """The new round, and what stands in it now that stood in the old one, in words."""

    round: Round
    lines: list[str] = field(default_factory=list)


@transaction.atomic
def copy(
    round: Round, *, year: int, title_ru: str, title_en: str, edition: int | None = None, by
) -> Copied:
    """A draft like `round` in another year: the same days and hours, moved by whole years.

    Raises IntegrityError when the award has a round at the address of that year already.
    """
    shift = year - round.year
    new = Round.objects.get(pk=round.pk)
    new.pk, new._state.adding = None, True
    for name, value in FRESH.items():
        setattr(new, name, value)
    new.title_ru, new.title_en, new.year, new.slug = title_ru, title_en, year, str(year)
    new.edition = edition
    new.opens_at = years_later(round.opens_at, shift, round)
    new.closes_at = years_later(round.closes_at, shift, round)
    new.save(by=by)
    copied = Copied(new, [_settings(), _window(new)])
    categories = {one: _category(one, new, shift) for one in round.categories.all()}
    copied.lines += _fields(round, new, categories)
    for copier in _copiers:
        copied.lines += copier(round, new, categories)
    audit.record("awards.round.copied", new, by, f"{round} → {new}", {"copied": copied.lines})
    return copied


def _category(category: Category, new: Round, shift: int) -> Category:
    copy = row_copied(category, round=new)
    if category.closes_at:
        copy.closes_at = years_later(category.closes_at, shift, new)
        copy.save()
    return copy


def _fields(round: Round, new: Round, categories: dict[Category, Category]) -> list[str]:
    """The questions with their choices; says how many of everything there are."""
    questions = list(round.fields.select_related("category").prefetch_related("choices"))
    for question in questions:
        category = categories.get(question.category) if question.category else None
        _question(question, round=new, category=category)
    return [line for line in (_categories_line(categories), _questions_line(questions)) if line]


def _question(question: EntryField, **owner) -> None:
    choices = list(question.choices.all())
    copy = row_copied(question, **owner)
    for choice in choices:
        row_copied(choice, field=copy)


def row_copied(row: models.Model, **owner) -> models.Model:
    """A second row with the same values under another owner."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in owner.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def years_later(moment: datetime.datetime, years: int, round: Round) -> datetime.datetime:
    """The same day so many years later, at the same hour of the wall; 29 February becomes 28."""
    day = local_day(moment, round.zone)
    try:
        then = day.replace(year=day.year + years)
    except ValueError:
        then = day.replace(year=day.year + years, day=28)
    return moved(moment, then - day, round.zone)


def _settings() -> str:
    return _("summary, rules, who may enter, languages, limits, region, dues, batches")


def _window(new: Round) -> str:
    return _("the window: from %(opens)s until %(closes)s") % {
        "opens": moment_text(new.opens_at, new.zone),
        "closes": moment_text(new.closes_at, new.zone),
    }


def _categories_line(categories: dict) -> str:
    number = len(categories)
    if not number:
        return ""
    return ngettext(
        "%(number)d category with its ages, limit and deadline",
        "%(number)d categories with their ages, limits and deadlines",
        number,
    ) % {"number": number}


def _questions_line(questions: list[EntryField]) -> str:
    number = len(questions)
    if not number:
        return ""
    return ngettext(
        "%(number)d question of the entry form", "%(number)d questions of the entry form", number
    ) % {"number": number}
