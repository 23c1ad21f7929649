"""What other pages show of laureates: a city's honours, the winners of an award or a round."""

from django import template

from awards.models import Award, Round
from events.models import Event
from laureates import listing
from laureates.models import Laureate, Results
from members.models import Member

register = template.Library()


@register.inclusion_tag("laureates/includes/latest_winners.html")
def latest_winners(count: int = 3) -> dict:
    """The latest honours, for the front page. Two queries."""
    found = listing.fetched(Laureate.objects.public()).in_order()[:count]
    return {"rows": listing.rows(found)}


@register.inclusion_tag("laureates/includes/laureates_of_award.html")
def laureates_of_award(award: Award, count: int = 12) -> dict:
    """The latest laureates of an award, for its page. Two queries."""
    found = listing.fetched(Laureate.objects.public().filter(award=award)).in_order()
    rows = listing.rows(found[: count + 1])
    return {"rows": rows[:count], "award": award, "has_more": len(rows) > count}


@register.inclusion_tag("laureates/includes/results_of_round.html")
def results_of_round(round: Round) -> dict:
    """The way to the results of a round once they are out. One query, two with winners."""
    results = Results.objects.filter(round=round).first()
    if results is None or not results.is_out():
        return {"results": None}
    results.round = round
    found = listing.fetched(Laureate.objects.public().filter(round=round)).in_order()[:3]
    return {"results": results, "rows": listing.rows(found)}


@register.inclusion_tag("laureates/includes/member_awards.html")
def member_awards(member: Member) -> dict:
    """The honours of a member, for its page. Two queries."""
    found = listing.fetched(Laureate.objects.public().filter(member=member)).in_order()
    return {"rows": listing.rows(found), "member": member}


@register.inclusion_tag("laureates/includes/event_laureates.html")
def event_laureates(event: Event) -> dict:
    """Who was honoured at an event. Two queries."""
    found = listing.fetched(Laureate.objects.public().filter(event=event)).in_order()
    return {"rows": listing.rows(found)}
