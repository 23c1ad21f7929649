"""The public pages of the events."""

import datetime

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.generic import DetailView, ListView

from content import cacheversion
from content.languages import in_language, reading_order, written_in
from content.timezones import zone_words
from events import calendar, clocks, listing, words
from events.card import RegistrationCard
from events.models import Event, EventParty

# As many rows of Russian text as fit into 20 KB of HTML.
PAGE_SIZE = 16


class EventList(ListView):
    """Upcoming events, soonest first, or past ones, latest first; filters stay in the links."""

    paginate_by = PAGE_SIZE
    template_name = "events/event_list.html"

    def get_queryset(self):
        self.now = timezone.now()
        self.is_past = self.request.GET.get("when") == "past"
        self.filters = listing.EventFilterForm(self.request.GET)
        shown = Event.objects.past if self.is_past else Event.objects.upcoming
        self.counts = listing.counts(
            self.filters.narrowed(Event.objects.published(self.now)), self.now
        )
        return listing.listed(self.filters.narrowed(shown(self.now)))

    def get_paginator(self, *args, **kwargs):
        paginator: Paginator = super().get_paginator(*args, **kwargs)
        paginator.count = self.counts["past" if self.is_past else "upcoming"]
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            filters=self.filters, counts=self.counts, is_past=self.is_past, **kwargs
        )
        context["rows"] = listing.rows(context["object_list"], self.now)
        return context


class EventPage(DetailView):
    """An event by its own clock and the reader's, with the state of its registration."""

    template_name = "events/event_detail.html"
    context_object_name = "event"

    def get_queryset(self):
        return (
            calendar.with_changes(self.shown())
            .defer(None)
            .select_related(
                "host_member__country", "meeting", "picture", "series", "parent", "venue",
                "body_invited",
            )
            .prefetch_related("topics", "picture__renditions")
        )  # fmt: skip

    def shown(self) -> QuerySet[Event]:
        return Event.objects.published()

    def get_context_data(self, **kwargs):
        event, now = self.object, timezone.now()
        text_field = "body" if event.body else "title"
        _text, language = in_language(event, text_field)
        card = RegistrationCard.of(event, now)
        zones = cacheversion.remembered("member-zones", clocks.member_zones)
        return super().get_context_data(
            card=card,
            deadline_strip=card.elsewhere(zones),
            below=self._below(event, now),
            **self._around(event, now, zones),
            move=event.moves[0] if event.moves and event.ends_at >= now else None,
            starts=event.starts_at.astimezone(event.zone).isoformat(timespec="minutes"),
            clock=zone_words(event.starts_at, event.zone),
            when=words.when_of(event),
            written_in=written_in(event, "title", "body"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            **kwargs,
        )

    def _around(self, event: Event, now: datetime.datetime, zones: list[str]) -> dict:
        """What the event belongs to, and when it begins elsewhere."""
        whole = event.parent
        strip = [] if event.is_tentative else clocks.strip(event, zones)
        return {
            "strip": strip if len(strip) > 1 else [],
            "strip_is_open": event.mode != Event.Mode.IN_PERSON,
            "whole": whole if whole and whole.is_public(now) else None,
            "edition": words.roman(event.edition or 0),
            "spoken": words.languages_text(event.languages),
            "interpreted": words.languages_text(event.interpretation),
        }

    def _below(self, event: Event, now: datetime.datetime) -> SafeString:
        """Programme, parts, parties, papers and what came of it: kept until the content changes."""
        return cacheversion.remembered(
            f"event-below-{event.pk}-{reading_order()[0]}", lambda: written_below(event, now)
        )


def written_below(event: Event, now: datetime.datetime) -> SafeString:
    """The lower part of the page in the reader's language."""
    parts = listing.listed(Event.objects.published(now).filter(parent=event))
    parties = event.parties.select_related("member", "organisation", "logo")
    values = {
        "event": event,
        "part_rows": listing.rows(parts.order_by("starts_at", "pk"), now),
        "parties": _by_role(parties.prefetch_related("logo__renditions")),
    }
    return render_to_string("events/includes/event_below.html", values)


def _by_role(parties) -> list[tuple[str, list[EventParty]]]:
    """Organisers and partners by their role, in the order of the roles."""
    rows = list(parties)
    roles = {role: [one for one in rows if one.role == role] for role in EventParty.Role}
    return [(role.label, found) for role, found in roles.items() if found]


class EventPreview(PermissionRequiredMixin, EventPage):
    """The same page before it is public: for staff who may see it in the admin."""

    permission_required = "events.view_event"

    def handle_no_permission(self):
        if self.request.user.is_authenticated:
            raise Http404
        return super().handle_no_permission()

    def shown(self) -> QuerySet[Event]:
        return Event.objects.all()

    def _below(self, event: Event, now: datetime.datetime) -> SafeString:
        return written_below(event, now)

    def get_context_data(self, **kwargs):
        opens_later = self.object.visible_from is not None and not self.object.is_public()
        return super().get_context_data(is_preview=True, opens_later=opens_later, **kwargs)
