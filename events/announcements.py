"""Announced events as feeds, in each language; calendars have addresses of their own."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from content.feeds import ListFeed
from content.languages import in_language
from events.listing import EventFilterForm
from events.models import Event
from events.words import days_text


class EventFeed(ListFeed):
    title = _("Events of UCLG-Eurasia")
    description = subtitle = _("Congresses, seminars and meetings as they are announced.")
    list_name = "events:list"
    names = {"atom": "events:feed", "rss": "events:rss"}
    kind = "events"
    filters = EventFilterForm
    picture_field = "picture"

    def public(self):
        found = Event.objects.published().select_related("picture").prefetch_related("topics")
        return found.defer("join_link").order_by("-published_at", "-pk")

    def item_description(self, item):
        """When, where, and the summary."""
        place, summary = in_language(item, "place")[0], in_language(item, "summary")[0]
        when = ", ".join(part for part in (days_text(item), place) if part)
        return "".join(f"<p>{escape(text)}</p>" for text in (when, summary) if text)
