"""The next edition from the last one: what is asked and how it is scored, no answers."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.round_copying import row_copied
from content import audit
from content.dates import days_text, local_day, moment_text
from events.cloning import moved
from ratings.models import Edition, Indicator, IndicatorGroup

# What the new edition does not inherit: nothing of it was announced, opened or found out.
FRESH = {
    "kind": Edition.Kind.HELD,
    "status": Edition.Status.DRAFT,
    "published_at": None,
    "event": None,
    "host": None,
    "is_invented": False,
    "source": "",
    "source_url": "",
    "opened_at": None,
    "frozen_at": None,
    "sealed_at": None,
    "version": 0,
}
MOMENTS = ("opens_at", "closes_at")
DAYS = ("period_starts_on", "period_ends_on", "results_expected_on")


@dataclass
class Cloned:
    """The new edition, and what stands in it that stood in the old one, in words."""

    edition: Edition
    lines: list[str] = field(default_factory=list)


@transaction.atomic
def clone(
    edition: Edition, *, year: int, slug: str, title_ru: str, title_en: str, by
) -> Cloned:  # fmt: skip
    """A draft like `edition` for another year: its days and hours moved by whole years.

    Raises IntegrityError when the rating has an edition at this address already.
    """
    new = Edition.objects.get(pk=edition.pk)
    new.pk, new._state.adding = None, True
    for name, value in FRESH.items():
        setattr(new, name, value)
    new.title_ru, new.title_en, new.year, new.slug = title_ru, title_en, year, slug
    _move(new, edition, year - edition.year)
    new.save(by=by)
    _people_and_method(edition, new)
    groups = _groups(edition, new)
    indicators, scales = _indicators(edition, new, groups)
    cloned = Cloned(new, _lines(new, len(groups), len(indicators), len(scales)))
    audit.record("ratings.edition.cloned", new, by, f"{edition} → {new}", {"copied": cloned.lines})
    return cloned


def _move(new: Edition, old: Edition, years: int) -> None:
    for name in MOMENTS:
        if moment := getattr(old, name):
            shift = _day_later(local_day(moment, old.zone), years) - local_day(moment, old.zone)
            setattr(new, name, moved(moment, shift, old.zone))
    for name in DAYS:
        if day := getattr(old, name):
            setattr(new, name, _day_later(day, years))
    if old.population_year:
        new.population_year = old.population_year + years


def _day_later(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _people_and_method(old: Edition, new: Edition) -> None:
    """Whom it is about, and how it is scored."""
    for zone in old.zones.prefetch_related("countries"):
        row_copied(zone, edition=new).countries.set(zone.countries.all())
    for one in old.size_classes.order_by("pk"):
        row_copied(one, edition=new)
    if hasattr(old, "method"):
        row_copied(old.method, edition=new)


def _groups(old: Edition, new: Edition) -> dict[int, IndicatorGroup]:
    """The tree, from above downwards; which group became which."""
    copies: dict[int, IndicatorGroup] = {}
    rest = list(old.groups.all())
    while rest:
        ready = [one for one in rest if one.parent_id is None or one.parent_id in copies]
        for group in ready:
            parent = copies.get(group.parent_id)
            copies[group.pk] = row_copied(group, edition=new, parent=parent)
        rest = [one for one in rest if one.pk not in copies]
    return copies


def _indicators(old: Edition, new: Edition, groups: dict) -> tuple[dict, dict]:
    """Scales with their answers, then indicators; what they are divided by once all are there."""
    scales = {}
    for scale in old.scales.prefetch_related("steps"):
        scales[scale.pk] = row_copied(scale, edition=new)
        for step in scale.steps.all():
            row_copied(step, scale=scales[scale.pk])
    copies = {
        one.pk: row_copied(
            one, group=groups[one.group_id], scale=scales.get(one.scale_id),
            denominator=Indicator.Denominator.NONE, denominator_indicator=None,
        )
        for one in old.indicators.all()
    }  # fmt: skip
    for one in old.indicators.exclude(denominator=Indicator.Denominator.NONE):
        Indicator.objects.filter(pk=copies[one.pk].pk).update(
            denominator=one.denominator,
            denominator_indicator=copies.get(one.denominator_indicator_id),
        )
    return copies, scales


def _lines(new: Edition, groups: int, indicators: int, scales: int) -> list[str]:
    lines = [_("texts, zones, size classes, method"), _window(new)]
    if new.period_starts_on and new.period_ends_on:
        period = days_text(new.period_starts_on, new.period_ends_on)
        lines.append(_("the period: %(period)s") % {"period": period})
    counts = [
        (groups, ngettext("%(number)d group", "%(number)d groups", groups)),
        (indicators, ngettext("%(number)d indicator", "%(number)d indicators", indicators)),
        (scales, ngettext("%(number)d scale", "%(number)d scales", scales)),
    ]
    lines += [words % {"number": number} for number, words in counts if number]
    return [line for line in lines if line]


def _window(new: Edition) -> str:
    if not (new.opens_at and new.closes_at):
        return ""
    return _("the window: from %(opens)s until %(closes)s") % {
        "opens": moment_text(new.opens_at, new.zone),
        "closes": moment_text(new.closes_at, new.zone),
    }
