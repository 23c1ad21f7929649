"""The passport for the city's own site: what the small page shows, and the same as data.

The keys of the data are documented in `docs/passport-json.md`; they are only added to.
"""

import datetime
from typing import Any

from django.conf import settings

from content.dates import local_day
from content.languages import LANGUAGE_CODES, in_language
from content.models import Picture
from content.richtext import plain_text
from content.timezones import association_zone
from members import activity, figures, lifecycle, passport
from members.models import (
    Composition,
    Department,
    Member,
    MemberName,
    MembershipPeriod,
    StatusChange,
)

VERSION = 1
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# The small page shows so many entries of the chronicle.
LATEST = 3
# With `?show=achievements` it shows honours, places in ratings and practices alone.
ACHIEVEMENTS = (activity.Kind.AWARD, activity.Kind.RANK, activity.Kind.PRACTICE)
MOST_ACHIEVEMENTS = 8

Json = dict[str, Any]


def latest_activities(
    shown: passport.Passport, *, only_achievements: bool = False
) -> list[activity.Activity]:
    """The newest entries of the chronicle for the small page, or the newest achievements."""
    found = [one for year in shown.chronicle for one in year.activities]
    if only_achievements:
        return [one for one in found if one.kind in ACHIEVEMENTS][:MOST_ACHIEVEMENTS]
    return found[:LATEST]


def data_of(shown: passport.Passport) -> Json:
    """The passport as data: texts in both languages, partial dates as 2004 or 2004-05."""
    member = shown.member
    return {
        "version": VERSION,
        "source": f"{settings.SITE_URL}{member.get_absolute_url()}",
        "licence": {"name": "CC BY 4.0", "url": LICENCE},
        "changed_on": local_day(member.updated_at, association_zone()).isoformat(),
        "confirmed_on": _day(shown.kept.confirmed_on),
        **_names(shown),
        "kind": member.kind,
        "country": {"code": member.country.code, "name": texts(member.country, "name")},
        "is_country_capital": member.is_country_capital,
        "is_region_capital": member.is_region_capital,
        "place": _place(member),
        "membership": _membership(member),
        "slogan": texts(member, "slogan"),
        "about": texts(member, "about", plain_text),
        "population": _population(shown.population),
        "figures": [_series(row) for row in shown.figures],
        "composition": shown.composition and _composition(member),
        "links": _links(member),
        "contacts": _contacts(shown),
        "emblem": _picture(member.emblem),
        "photo": _picture(member.photo),
        "chronicle": [_activity(one) for year in shown.chronicle for one in year.activities],
    }


def texts(record, field: str, shaped=lambda text: text) -> Json | None:
    """A translated field: {"ru": …, "en": …, "fallback": [languages that borrow the other's]}.

    None where no language has it.
    """
    found = {code: in_language(record, field, code) for code in LANGUAGE_CODES}
    if not any(text for text, _language in found.values()):
        return None
    borrowed = [code for code, (_text, language) in found.items() if language != code]
    return {**{code: shaped(text) for code, (text, _l) in found.items()}, "fallback": borrowed}


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _span(row: MemberName | MembershipPeriod) -> Json:
    """From when to when, the last day included; None is open."""
    starts, ends = row.starts_on, row.ends_on
    return {
        "from": starts and activity.machine_day(starts, row.starts_precision),
        "until": ends and activity.machine_day(ends, row.ends_precision),
    }


def _names(shown: passport.Passport) -> Json:
    rows = [row for row in shown.member.names.all() if row.kind == MemberName.Kind.NAME]
    rows.sort(key=lambda row: row.starts_on or datetime.date.min)
    native = {"text": shown.native, "language": shown.native_language}
    return {
        "slug": shown.member.slug,
        "name": texts(shown.member, "name"),
        "native_name": native if shown.native else None,
        "names": [{"name": texts(row, "name"), **_span(row)} for row in rows],
    }


def _place(member: Member) -> Json:
    known = member.longitude is not None
    return {
        "latitude": float(member.latitude) if known else None,
        "longitude": float(member.longitude) if known else None,
        "time_zone": member.time_zone,
    }


def _membership(member: Member) -> Json:
    """An application that nobody has decided on is not told: the page does not tell it either."""
    periods = list(member.periods.all())
    status, _step = lifecycle.step_on(member)
    if status == StatusChange.Status.APPLIED:
        status = StatusChange.Status.FORMER if periods else None
    return {"status": status, "periods": [_span(row) for row in periods]}


def _population(known: passport.Population | None) -> Json | None:
    if known is None:
        return None
    size = known.size and {"code": known.size.code, "name": texts(known.size, "name")}
    return {
        "value": known.value, "year": known.year, "source": known.source, "size": size,
    }  # fmt: skip


def _series(row: figures.Series) -> Json:
    values = [{"year": one.year, "value": one.value, "source": one.source} for one in row.rows]
    return {"kind": row.kind, "values": values}


def _composition(member: Member) -> Json:
    row = Composition.objects.filter(member=member).prefetch_related("parts").first()
    parts = [{"kind": texts(part, "kind"), "count": part.count} for part in row.parts.all()]
    return {"as_of": _day(row.as_of), "total": row.total, "parts": parts,
            "source": texts(row, "source")}  # fmt: skip


def _links(member: Member) -> Json:
    return {
        "website": member.website or None,
        "investment": member.investment_url or None,
        "tourism": member.tourism_url or None,
    }


def _contacts(shown: passport.Passport) -> Json:
    return {
        "email": shown.member.email or None,
        "phone": shown.member.phone or None,
        "departments": [_department(row) for row in shown.departments],
    }


def _department(row: Department) -> Json:
    """The people are those who agreed to be shown."""
    people = [
        {"name": texts(person, "full_name"), "position": texts(person, "job"),
         "email": person.email or None, "phone": person.phone or None}
        for person in row.contacts.all()
    ]  # fmt: skip
    return {"name": texts(row, "name"), "email": row.email or None, "phone": row.phone or None,
            "people": people}  # fmt: skip


def _picture(picture: Picture | None) -> Json | None:
    """The largest rendition, None until there is one."""
    made = picture.renditions.all() if picture else []
    renditions = [row for row in made if row.format == "webp"]
    if not renditions:
        return None
    largest = renditions[-1]
    return {
        "url": f"{settings.SITE_URL}{largest.file.url}",
        "width": largest.width,
        "height": largest.height,
        "description": texts(picture, "alt"),
        "credit": picture.credit or None,
    }


def _activity(one: activity.Activity) -> Json:
    return {
        "date": one.machine_day,
        "kind": one.kind,
        "title": one.title,
        "language": one.language or None,
        "url": f"{settings.SITE_URL}{one.url}" if one.url else None,
    }
