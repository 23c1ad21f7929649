"""What the events tell the chronicle of a member: those it hosted, and those it went to."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from content.dates import local_day
from content.languages import in_language, reading_order
from events.models import Event, Participant
from members.activity import Activity, Kind, register
from members.models import Member

COLUMNS = ("slug", "title", "starts_at", "time_zone", "host_member")


def events_of(member: Member, at: datetime.datetime | None = None) -> QuerySet[Event]:
    """Public events that a member hosts or hosted, and past ones it took part in, latest first.

    Whoever had a confirmed place took part.
    """
    at = at or timezone.now()
    confirmed = Participant.objects.filter(
        event=OuterRef("pk"), delegation__member=member, status=Participant.Status.CONFIRMED
    )
    took_part = Q(Exists(confirmed), ends_at__lt=at)
    events = Event.objects.published(at).filter(Q(host_member=member) | took_part)
    return events.order_by("-starts_at", "-pk")


@register
def events(member: Member) -> Iterator[Activity]:
    """Each event that took place on its first day, by the clock of its place: one query."""
    now = timezone.now()
    not_held = (Event.Status.CANCELLED, Event.Status.POSTPONED)
    past = events_of(member, now).filter(ends_at__lt=now).exclude(status__in=not_held).dated()
    for event in past.only(*COLUMNS):
        title, language = in_language(event, "title")
        yield Activity(
            local_day(event.starts_at, event.zone),
            title,
            Kind.HOST if event.host_member_id == member.pk else Kind.EVENT,
            url=event.get_absolute_url(),
            language=language if language != reading_order()[0] else "",
        )
