"""What the cabinet shows of a member's invitations."""

from django import template

from events.models import Event, Invitation
from members.models import Member

register = template.Library()


@register.inclusion_tag("events/includes/member_invitations.html")
def invitations_of(member: Member) -> dict:
    """The invitations of a member to public events, those to come first; one query."""
    rows = Invitation.objects.filter(member=member, event__in=Event.objects.published())
    rows = rows.select_related("event").order_by("-event__starts_at", "pk")
    return {"invitations": rows, "member": member}
