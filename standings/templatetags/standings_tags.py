"""What other pages show of places: the winners of an edition, its tabs, a city's places."""

from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import cacheversion
from content.languages import reading_order
from content.templatetags.typography import typo
from members.models import Member
from ratings.models import Edition, Method
from standings import listing, wording
from standings.city_places import member_places
from standings.results_page import moves_in_percent

register = template.Library()


@register.inclusion_tag("standings/includes/edition_results_line.html")
def edition_results_line(edition: Edition) -> dict:
    """The first three of an edition and the way to its results; nothing before they are out.

    No query where the editions that are out are remembered, two for all editions otherwise.
    """
    firsts = listing.out().get(edition.pk)
    if firsts is None:
        return {"is_out": False}
    is_russian = reading_order()[0] == "ru"
    names = [(place, (ru or en) if is_russian else (en or ru)) for place, ru, en in firsts]
    return {"is_out": True, "firsts": names, "url": _results(edition), "edition": edition}


@register.inclusion_tag("standings/includes/edition_tabs.html")
def edition_tabs(edition: Edition, current: str = "about") -> dict:
    """Views of an edition: `current` is "about", "results", "compare" or "data".

    Only what exists: places once they are out. Draws nothing where there is one view alone.
    """
    address = [edition.rating.slug, edition.slug]
    tabs = [("about", edition.get_absolute_url(), pgettext("of a rating", "About the edition"))]
    if edition.pk in listing.out():
        tabs += [("results", _results(edition), _("Results"))]
        if edition.kind == Edition.Kind.HELD:
            compare = reverse("standings:compare", args=address)
            tabs += [("compare", compare, _("Compare cities"))]
        tabs += [("data", reverse("standings:data", args=address), _("Open data"))]
    return {"tabs": tabs if len(tabs) > 1 else [], "current": current}


@register.inclusion_tag("standings/includes/city_ratings.html")
def city_ratings(member: Member) -> dict:
    """The places of a member in ratings, the latest first, for its page. One query."""
    return {"rows": member_places(member), "member": member}


@register.inclusion_tag("standings/includes/latest_results.html")
def latest_results() -> dict:
    """The latest results, for the front page. No query once it is remembered."""
    return {"edition": cacheversion.remembered("latest-results", _latest)}


def _latest() -> Edition | str:
    found = (
        Edition.objects.visible().filter(pk__in=listing.out())
        .select_related("rating").order_by("-year", "-pk").first()
    )  # fmt: skip
    return found or ""


def _results(edition: Edition) -> str:
    return reverse("standings:results", args=[edition.rating.slug, edition.slug])


@register.simple_tag
def place(rank: int, sharing: int = 1) -> str:
    """A place in words: "2nd place", of two equal ones "2nd–3rd places"."""
    return wording.shared_places(rank, sharing)


@register.filter
def score(value: float | None) -> str:
    """A score as people read it: 78.40; 78,40."""
    return wording.score_text(value)


@register.filter
def moves(method: Method) -> str:
    """By how much its weights move in the recalculations, in per cent: 25."""
    return moves_in_percent(method)


@register.simple_tag
def known_note(row: listing.Row) -> SafeString | str:
    """What else is known of a city in a past edition, after a break; nothing where it has none."""
    note, language = listing.in_reading_order(row.columns, "note")
    if not note:
        return ""
    return format_html('<br><span lang="{}">{}</span>', language, typo(capfirst(note), language))


@register.simple_tag
def meaning(entry: dict) -> SafeString:
    """What an entry of the code book means, in the reader's language or the other."""
    first, second = (entry.get(f"meaning_{code}", "") for code in reading_order())
    unit = " · ".join(filter(None, [entry.get(f"unit_{reading_order()[0]}", "")]))
    return format_html(
        "{}{}", first or second, format_html(" <small>{}</small>", unit) if unit else ""
    )


@register.filter
def weight(value: float | None) -> str:
    """A weight without idle zeros, "—" where an entry has none."""
    if value in (None, ""):
        return "—"
    text = f"{Decimal(str(value)).normalize():f}"
    return text.replace(".", ",") if reading_order()[0] == "ru" else text
