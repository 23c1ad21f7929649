"""What other pages show of this app: outside libraries, commitments of a member."""

from django import template

from members.models import Member
from projects import listing

register = template.Library()


@register.inclusion_tag("projects/includes/outside_libraries.html")
def outside_libraries() -> dict:
    """Libraries of others, for the page of our own; nothing where none is known. One query."""
    return {"libraries": list(listing.outside_libraries())}


@register.inclusion_tag("projects/includes/member_commitments.html")
def commitments_of(member: Member) -> dict:
    """What a city committed itself to, with its papers. Up to three queries."""
    return {"rows": listing.commitments_of(member)}
