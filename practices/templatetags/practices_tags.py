"""How practices are shown in templates."""

from django import template

from practices.models import Practice

register = template.Library()

KINDS = {
    Practice.Stage.SENT: "info",
    Practice.Stage.RETURNED: "warn",
    Practice.Stage.ACCEPTED: "good",
    Practice.Stage.REFUSED: "bad",
}


@register.filter
def stage_kind(stage: str) -> str:
    """The colour of a stage, as `includes/status.html` names it."""
    return KINDS.get(Practice.Stage(stage), "")
