"""Rows for tests of awards, judging and laureates: fixed, sensible defaults."""

import datetime

from django.utils import timezone

from awards.models import (
    Author,
    Award,
    Category,
    Entrant,
    Entry,
    EntryField,
    GuardianConsent,
    Round,
)
from content.dated import today

DAY = datetime.timedelta(days=1)


def make_award(slug: str = "heritage", **fields) -> Award:
    """A published award of the association's own."""
    values = {
        "title_ru": "Наследие Евразии глазами детей",
        "title_en": "Heritage of Eurasia through Children’s Eyes",
        "summary_ru": "Конкурс рисунков для школьников.",
        "summary_en": "A drawing contest for school pupils.",
        "status": "published",
        "published_at": timezone.now() - 30 * DAY,
    }
    return Award.objects.create(slug=slug, **{**values, **fields})


def make_round(award: Award | None = None, slug: str = "2026", **fields) -> Round:
    """A published round that opened ten days ago and closes in ten; members enter themselves."""
    now = timezone.now()
    values = {
        "award": award or Award.objects.filter(slug="heritage").first() or make_award(),
        "title_ru": "Национальный костюм",
        "title_en": "National Costume",
        "year": today().year,
        "opens_at": now - 10 * DAY,
        "closes_at": now + 10 * DAY,
        "who_may_enter": ["member", "city", "institution", "person"],
        "languages": ["ru", "en"],
        "status": "published",
        "published_at": now - 20 * DAY,
    }
    return Round.objects.create(slug=slug, **{**values, **fields})


def make_category(round: Round, code: str = "A", **fields) -> Category:
    """A category for children from 5 to 14 where the round is for children."""
    values = {"title_ru": f"Номинация {code}", "title_en": f"Category {code}"}
    if round.is_for_children:
        values |= {"min_age": 5, "max_age": 14}
    return Category.objects.create(round=round, code=code, **{**values, **fields})


def make_field(round: Round, kind: str = "text", **fields) -> EntryField:
    values = {"label_ru": "В чём суть работы?", "label_en": "What is the work about?"}
    return EntryField.objects.create(round=round, kind=kind, **{**values, **fields})


def make_entrant(round: Round, member=None, **fields) -> Entrant:
    """A member that enters; without one, a school in a city that is known by its name alone."""
    if member is not None:
        return Entrant.objects.create(
            round=round, kind="member", member=member, home=member, **fields
        )
    number = Entrant.objects.count() + 1
    values = {
        "kind": "institution",
        "name_ru": "Детская художественная школа",
        "name_en": "Children’s Art School",
        "home_text": "Ставрополь",
        "email": f"school{number}@example.org",
        "confirmed_at": timezone.now(),
    }
    return Entrant.objects.create(round=round, **{**values, **fields})


def make_entry(entrant: Entrant, category: Category | None = None, **fields) -> Entry:
    """A work that was sent, with the next number of the round."""
    round = entrant.round
    values = {
        "title_ru": "Праздник урожая",
        "title_en": "Harvest Festival",
        "state": "submitted",
        "home": entrant.home,
        "home_text": entrant.home_text,
    }
    values |= fields
    if values["state"] != "draft":
        values.setdefault("number", Entry.objects.filter(number__gt=0, round=round).count() + 1)
        values.setdefault("submitted_at", timezone.now())
    return Entry.objects.create(round=round, entrant=entrant, category=category, **values)


def make_author(entry: Entry, *, consents: tuple[str, ...] = (), **fields) -> Author:
    """A child of nine with a teacher; `consents` are the purposes a guardian allowed."""
    values = {
        "given_name_ru": "Амина",
        "family_name_ru": "Сафина",
        "given_name_en": "Amina",
        "family_name_en": "Safina",
        "age": 9,
        "institution_ru": "Детская художественная школа",
        "institution_en": "Children’s Art School",
        "teacher_ru": "Вера Лукина",
        "teacher_en": "Vera Lukina",
    }
    author = Author.objects.create(entry=entry, **{**values, **fields})
    for purpose in consents:
        GuardianConsent.objects.create(author=author, purpose=purpose, given_on=today())
    return author
