"""Pieces of the experts' pages."""

from django import template

from questionnaires import wording
from questionnaires.models import Answer

register = template.Library()


@register.simple_tag
def options(choices: dict[int, list], indicator: int) -> list:
    """What can be chosen as the answer to a question; nothing where it is typed."""
    return choices.get(indicator, [])


@register.filter
def as_said(answer: Answer) -> str:
    """What the city said, in words."""
    return wording.said(answer)
