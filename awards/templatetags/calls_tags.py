"""What other pages show of calls for entries."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from awards.calls import CallCard
from awards.models import Round
from content.languages import in_language
from content.templatetags.content_tags import text

register = template.Library()


@register.inclusion_tag("awards/includes/open_calls.html")
def open_calls(count: int = 3) -> dict:
    """The open calls that close first, for the front page. Two queries, one where none is open."""
    now = timezone.now()
    found = Round.objects.open(now).select_related("award").prefetch_related("categories")
    return {"cards": [CallCard(one, now) for one in found[:count]]}


@register.simple_tag
def call_name(round: Round) -> str:
    """ "Award: round" as texts; the round alone where its title names the award already."""
    award, title = in_language(round.award, "title")[0], in_language(round, "title")[0]
    if award.casefold() in title.casefold():
        return text(round, "title")
    return format_html("{}: {}", text(round.award, "title"), text(round, "title"))


@register.simple_tag
def round_and_year(round: Round) -> str:
    """The title of a round with its year, which is said once."""
    if str(round.year) in in_language(round, "title")[0]:
        return text(round, "title")
    return format_html("{}, {}", text(round, "title"), round.year)
