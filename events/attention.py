"""What a representative should do next about events: register in time, take an offered place."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_language
from events import invitations
from events.models import Event, Participant
from members import attention
from members.attention import Attention

SOON = datetime.timedelta(days=14)
PRESSING = datetime.timedelta(days=3)


@attention.register
def registrations_closing(member, user) -> Iterator[Attention]:
    """Open registrations that close within two weeks, where the member has nobody registered."""
    now = timezone.now()
    own = Participant.objects.active().filter(event=OuterRef("pk"), delegation__member=member)
    for event in Event.objects.open_for_registration(now).filter(~Exists(own)):
        deadline = event.registration_closes_at or event.starts_at
        if deadline - now <= SOON:
            yield Attention(
                title=_("Registration is closing: %(event)s") % {"event": _title(event)},
                url=_address(member, event),
                action=_("Register a delegation"),
                deadline=deadline,
                zone=event.time_zone,
                is_hot=deadline - now <= PRESSING,
            )


@attention.register
def offered_places(member, user) -> Iterator[Attention]:
    """Places that are held for somebody of the member's delegations, until they are taken."""
    offers = Participant.objects.filter(
        delegation__member=member,
        status=Participant.Status.OFFERED,
        offer_expires_at__gt=timezone.now(),
    )
    for person in offers.select_related("event").order_by("offer_expires_at", "pk"):
        yield Attention(
            title=_("A place is offered to %(name)s") % {"name": person.name_in(get_language())},
            note=_title(person.event),
            url=_address(member, person.event),
            action=_("Take or decline the place"),
            deadline=person.offer_expires_at,
            zone=person.event.time_zone,
            is_hot=True,
        )


@attention.register
def open_invitations(member, user) -> Iterator[Attention]:
    """Invitations that the member has not answered."""
    now = timezone.now()
    asked = invitations.open_ones(now).filter(member=member).select_related("event")
    for row in asked.order_by("event__starts_at", "pk"):
        deadline = row.answer_until or row.event.starts_at
        yield Attention(
            title=_("You are invited: %(event)s") % {"event": _title(row.event)},
            url=reverse("events:invitation", args=[member.slug, row.event.slug]),
            action=_("Answer the invitation"),
            deadline=deadline,
            zone=row.event.time_zone,
            is_hot=deadline - now <= PRESSING,
        )


def _title(event: Event) -> str:
    return in_language(event, "title")[0]


def _address(member, event: Event) -> str:
    return reverse("events:register", args=[member.slug, event.slug])
