"""What this app gives to the floors below: audiences, calendars, the end of personal data."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from content import retention
from content.languages import in_language
from events import audiences, calendar_sources, cloning
from events.models import Event
from programme import copying, people, stars
from programme.models import SpeakerRole

KEEPS = datetime.timedelta(days=365)


def register() -> None:
    audiences.register_others("speakers", _("speakers"), speakers_of)
    calendar_sources.register_personal(stars.personal_entries)
    cloning.register(copying.copy)
    cloning.register(copying.copy)
    retention.register(
        "programme.speakers",
        label=_("Addresses of speakers"),
        purpose=_("letters about the programme of an event"),
        basis=_("legitimate interest"),
        keeps=_("a year after the event"),
        purge=purge,
    )


def speakers_of(event: Event) -> Iterable[audiences.Addressee]:
    """Everybody who speaks in a session that is kept, in the order of the programme."""
    rows = people.roles_of(event).filter(session__is_dropped=False)
    for role in rows.prefetch_related("participant__delegation__member__names"):
        role.session.event = event
        yield audiences.Addressee(
            key=f"s{role.pk}", reader=people.speaker(role), sender=_position(role),
            person=role.participant,
            member=role.participant.delegation.member if role.participant else None,
        )  # fmt: skip


def _position(role: SpeakerRole):
    return lambda: in_language(role, "position")[0]


def purge(at: datetime.datetime) -> int:
    """Forget the addresses of speakers a year after the event; how many there were."""
    old = SpeakerRole.objects.filter(session__event__ends_at__lt=at - KEEPS).exclude(email="")
    return old.update(email="")
