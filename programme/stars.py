"""Starring: who wants which sessions in their own calendar."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events import calendar_sources
from events.models import Event, Participant
from programme import cards
from programme.models import ProgrammeVersion, Star


@dataclass(frozen=True)
class Owner:
    """Whose stars: of a user, or of a participant who has no account."""

    user: object = None
    participant: Participant | None = None

    def of(self, event: Event) -> QuerySet[Star]:
        """Their stars at one event; those of sessions taken out of the programme as well."""
        who = {"user": self.user} if self.user else {"participant": self.participant}
        return Star.objects.filter(session__event=event, **who)

    def keys(self, event: Event) -> set[int]:
        return set(self.of(event).values_list("session", flat=True))


def toggle(version: ProgrammeVersion, owner: Owner, session: int, wanted: bool) -> bool:
    """Star a session of a published version, or take the star back; False for no such session."""
    if session not in {row["id"] for row in version.snapshot["sessions"]}:
        return False
    if wanted:
        Star.objects.get_or_create(
            session_id=session, user=owner.user, participant=owner.participant
        )
    else:
        owner.of(version.event).filter(session=session).delete()
    return True


def personal_entries(user, first, last) -> Iterator[calendar_sources.Entry]:
    """For the personal calendar: the starred sessions of public events, as last published."""
    rows = Star.objects.filter(
        user=user, session__event__in=Event.objects.published(),
        session__event__ends_at__gte=first, session__event__starts_at__lt=last,
    )  # fmt: skip
    chosen: dict[int, set[int]] = {}
    for event, session in rows.values_list("session__event", "session"):
        chosen.setdefault(event, set()).add(session)
    versions = ProgrammeVersion.objects.filter(event__in=chosen).select_related("event")
    for version in versions.order_by("event_id", "-number").distinct("event_id"):
        yield from _entries(version, chosen[version.event_id], first, last)


def _entries(version, chosen: set[int], first, last) -> Iterator[calendar_sources.Entry]:
    for row in version.snapshot["sessions"]:
        moment = cards.snapshots.moment(row["starts"])
        if row["id"] in chosen and first <= moment < last:
            yield calendar_sources.Entry(
                key=f"session-{row['id']}", kind=_("session"), moment=moment,
                title_ru=row["title_ru"], title_en=row["title_en"],
                address=_address(version.event.slug, row["id"]), zone=version.snapshot["zone"],
            )  # fmt: skip


def _address(slug: str, session: int):
    return lambda: f"{reverse('programme:page', args=[slug])}#s{session}"
