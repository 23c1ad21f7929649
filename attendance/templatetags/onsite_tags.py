"""What pages of delegations show of the papers for the day of the event."""

from django import template

register = template.Library()


@register.filter
def any_with_a_place(rows) -> bool:
    """Whether one of these rows of `events.cabinet` has a place, or is offered one."""
    return any(row.offer or row.colour == "good" for row in rows)
