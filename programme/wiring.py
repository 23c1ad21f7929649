"""What this app gives to the floors below: audiences, calendars, the end of personal data."""

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import retention, workqueue
from content.languages import in_language
from events import audiences, calendar_sources, cloning
from events.models import Event
from programme import copying, people, stars
from programme.models import Session, SpeakerRole

KEEPS = datetime.timedelta(days=365)


def register() -> None:
    audiences.register_others("speakers", _("speakers"), speakers_of)
    calendar_sources.register_personal(stars.personal_entries)
    cloning.register(copying.copy)
    workqueue.register(queues)
    retention.register(
        "programme.speakers",
        label=_("Addresses of speakers"),
        purpose=_("letters about the programme of an event"),
        basis=_("legitimate interest"),
        keeps=_("a year after the event"),
        purge=purge,
    )


def queues(user) -> Iterator[workqueue.Queue]:
    """Sessions to come whose title is in one language alone: for those who may write it."""
    if not user.has_perm("programme.change_session"):
        return
    count = Session.objects.half_titled(timezone.now()).count()
    words = ngettext(
        "%(count)d session has its title in one language alone",
        "%(count)d sessions have their titles in one language alone",
        count,
    )
    yield workqueue.Queue(
        title=_("Programmes to translate"),
        count=count,
        note=words % {"count": count},
        url=reverse("admin:programme_session_changelist") + "?translation=to_do",
        link_text=_("Translate titles"),
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
