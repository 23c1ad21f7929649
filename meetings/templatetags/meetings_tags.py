"""What other pages show of the meetings."""

from django import template

from governance.models import Body
from meetings import listing
from meetings.models import Meeting

register = template.Library()


@register.inclusion_tag("meetings/includes/body_meetings.html")
def body_meetings(body: Body, count: int = 6) -> dict:
    """The latest published meetings of a body, for its page: one query."""
    found = Meeting.objects.published().filter(body=body).order_by("-starts_at", "-pk")
    return {"rows": listing.rows(listing.light(found)[:count]), "body": body}
