"""What other pages show of the library."""

from django import template

from library import listing
from library.models import Publication

register = template.Library()


@register.inclusion_tag("library/includes/published.html")
def published_from(path: str) -> dict:
    """What is in the library from one page ("/events/congress/", without its language)."""
    found = Publication.objects.published().filter(source_path=path).with_files() if path else []
    return {"rows": listing.rows(found)}


@register.inclusion_tag("library/includes/shelf.html")
def latest_publications(count: int = 3) -> dict:
    """The latest publications that are valid, for the front page."""
    valid = Publication.objects.published().filter(superseded_by__isnull=True)
    return {"rows": listing.rows(valid.with_files()[:count])}
