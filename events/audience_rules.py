"""Who may register: one judgement for the form, the buttons and the capability."""

from django.utils.translation import gettext as _

from content.dates import local_day
from content.languages import in_language
from events.models import Event, Invitation
from governance.models import SeatTerm
from members.models import Member

Audience = Event.Audience


def may_register(event: Event, member: Member | None) -> bool:
    """Whether a delegation of this member (None: guests) may be registered for the event."""
    return not why_not(event, member)


def why_not(event: Event, member: Member | None) -> str:
    """Why this member's delegation may not be registered, as a sentence; empty when it may."""
    if member is None:
        return "" if event.admits_guests else _("Guests do not register for this event.")
    match event.audience:
        case Audience.MEMBERS if not _is_member(event, member):
            return _("The event is for members of the association only.")
        case Audience.BODY if not _has_seat(event, member):
            body = in_language(event.body_invited, "name")[0]
            return _("The event is for those who hold a seat in this body: %(body)s.") % {
                "body": body
            }
        case Audience.INVITED if not _is_invited(event, member):
            return _("The event is for those who are invited. Write to the secretariat.")
    return ""


def _is_member(event: Event, member: Member) -> bool:
    return Member.objects.members().filter(pk=member.pk).exists()


def _has_seat(event: Event, member: Member) -> bool:
    """Whether the member holds a seat of the body on the day of the event."""
    day = local_day(event.starts_at, event.zone)
    terms = SeatTerm.objects.on(day).filter(member=member, seat__body=event.body_invited_id)
    return terms.exists()


def _is_invited(event: Event, member: Member) -> bool:
    return Invitation.objects.filter(event=event, member=member).exists()
