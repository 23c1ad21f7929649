"""The sources of offers: partnerships, other associations, events, honours, practices."""

import datetime
import zoneinfo
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendance import presence
from content.dated import Precision, last_day
from content.dates import local_day
from content.languages import in_each, in_language
from events.models import Event, Participant
from laureates import wording
from laureates.models import Laureate
from library.models import Publication
from members.models import Member
from partnerships.models import Affiliation, Partnership
from partnerships.network import statement_words
from questionnaires.offers import Item, Period, address_of, named, register

Stage = Partnership.Stage
# The clocks of the world lie this far apart at most.
CLOCKS = datetime.timedelta(days=1)


@register("partnerships", _("sister cities"))
def partnerships(member: Member, period: Period) -> Iterator[Item]:
    """Sister-city ties in force in the period: one query.

    Between members only those that both confirmed; a city outside cannot be asked here, each such
    item says who states it.
    """
    ties = Partnership.objects.of(member).filter(
        Q(answer=Partnership.Answer.CONFIRMED) | Q(city__isnull=False),
        Q(stage=Stage.SIGNED) | Q(stage=Stage.ENDED, ended_on__gte=period.first),
        Q(signed_on__lte=period.last) | Q(signed_on=None, is_date_unknown=True),
        kind=Partnership.Kind.SISTER_CITY,
    )
    ties = ties.exclude(answer=Partnership.Answer.REFUSED)
    for tie in ties.with_sides().order_by("signed_on", "pk"):
        yield Item(
            **named(tie.other(member), "name"),
            **in_each("note", lambda tie=tie: statement_words(tie)),
            address=address_of(tie),
            day=tie.signed_on,
            precision=tie.signed_precision,
        )


@register("affiliations", _("memberships in other associations"))
def affiliations(member: Member, period: Period) -> Iterator[Item]:
    """Associations it belonged to on some day of the period: one query."""
    rows = Affiliation.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=period.last),
        Q(ends_on=None) | Q(ends_on__gte=period.first),
        member=member,
    )
    counted = set()
    for row in rows.select_related("organisation").order_by("starts_on", "pk"):
        if row.organisation_id in counted:
            continue
        counted.add(row.organisation_id)
        yield Item(
            **named(row.organisation, "name"),
            address=address_of(row.organisation),
            day=row.starts_on,
            precision=row.starts_precision,
        )


@register("events_hosted", _("events of the association held in the city"))
def events_hosted(member: Member, period: Period) -> Iterator[Item]:
    """Events of the period that it hosted; a part of one of them is not counted beside it."""
    yield from _events(_held(period).filter(host_member=member), period)


@register("events_attended", _("events of the association the city took part in"))
def events_attended(member: Member, period: Period) -> Iterator[Item]:
    """Events elsewhere to which it sent somebody: who was there, where that was noted at all."""
    own = Participant.objects.filter(
        event=OuterRef("pk"), delegation__member=member, status=Participant.Status.CONFIRMED
    )
    noted = presence.with_presence(Participant.objects.filter(event=OuterRef("pk")))
    went = presence.with_presence(own).filter(was_there=True)
    events = _held(period).exclude(host_member=member).annotate(
        is_noted=Exists(noted.filter(was_there=True))
    )  # fmt: skip
    events = events.filter(Q(Exists(own), is_noted=False) | Q(Exists(went)))
    yield from _events(events, period)


def _held(period: Period) -> QuerySet[Event]:
    """Public events that took place about the period, by anybody's clock."""
    first, last = (datetime.datetime.combine(day, datetime.time(), datetime.UTC) for day in period)
    events = Event.objects.published().dated().filter(
        starts_at__gte=first - CLOCKS, starts_at__lt=last + 2 * CLOCKS, ends_at__lt=timezone.now()
    )  # fmt: skip
    not_held = (Event.Status.CANCELLED, Event.Status.POSTPONED)
    return events.exclude(status__in=not_held).exclude(kind=Event.Kind.INTERNATIONAL_DAY)


def _events(events: QuerySet[Event], period: Period) -> Iterator[Item]:
    """Those whose first day, by the clock of their place, lies in the period: one query."""
    rows = list(events.order_by("starts_at", "pk"))
    found = {row.pk for row in rows}
    for row in rows:
        day = local_day(row.starts_at, zoneinfo.ZoneInfo(row.time_zone))
        if period.holds(day) and row.parent_id not in found:
            yield Item(**named(row, "title"), address=address_of(row), day=day)


@register("honours", _("honours received"))
def honours(member: Member, period: Period) -> Iterator[Item]:
    """Public honours of the period: by the day of the ceremony, or by the year alone."""
    rows = Laureate.objects.public().filter(
        member=member, year__range=(period.first.year, period.last.year)
    )
    for row in rows.select_related("award", "category").order_by("year", "pk"):
        day, precision = row.presented_on, row.presented_precision
        if day is None:
            day, precision = datetime.date(row.year, 1, 1), Precision.YEAR
        if day <= period.last and last_day(day, precision) >= period.first:
            yield Item(
                **in_each("title", lambda row=row: _honour(row)),
                address=address_of(row),
                day=day,
                precision=precision,
            )


def _honour(laureate: Laureate) -> str:
    return f"{in_language(laureate.award, 'title')[0]}: {wording.honour_words(laureate)}"


@register("practices", _("practices in the library"))
def practices(member: Member, period: Period) -> Iterator[Item]:
    """Practices of the city that everybody can read, dated by the end of the period."""
    own = Laureate.objects.filter(member=member).values("pk")
    rows = Publication.objects.published().filter(
        kind=Publication.Kind.PRACTICE,
        origin_type=ContentType.objects.get_for_model(Laureate),
        origin_id__in=own,
        dated_on__lte=period.last,
    )
    for row in rows.order_by("dated_on", "pk"):
        yield Item(
            **named(row, "title"),
            address=address_of(row),
            day=row.dated_on,
            precision=row.date_precision,
        )
