"""Lists of events: what a row says, and what readers may narrow a list by."""

import datetime

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from content.dates import local_day
from content.languages import in_language, reading_order
from content.sortkeys import sort_key
from content.templatetags.typography import typo
from events.models import Event
from events.words import day_and_month

# What a row reads: everything else stays in the database.
COLUMNS = (
    "slug", "kind", "title", "place", "starts_at", "ends_at", "time_zone", "status",
    "published_at", "takes_registrations", "registration_opens_at", "registration_closes_at",
)  # fmt: skip

KINDS_OF_STATE = {"open": "good", "not_yet": "info", "cancelled": "bad"}


def rows(events, at: datetime.datetime | None = None) -> list[dict]:
    """What a list shows of each event, formatted once: see `events/includes/event_rows.html`."""
    at = at or timezone.now()
    reader = reading_order()[0]
    return [_row(event, at, reader) for event in events]


def _row(event: Event, at: datetime.datetime, reader: str) -> dict:
    title, title_language = in_language(event, "title")
    place, place_language = in_language(event, "place")
    zone = event.zone
    day, month = day_and_month(event.starts_at, event.ends_at, zone)
    state = event.registration_state(at)
    return {
        "url": event.get_absolute_url(),
        "title": typo(title, title_language),
        "lang": title_language if title_language != reader else "",
        "place": typo(place, place_language),
        "place_lang": place_language if place and place_language != reader else "",
        "kind": capfirst(event.get_kind_display()),
        "day": day,
        "month": month,
        "datetime": f"{local_day(event.starts_at, zone):%Y-%m-%d}",
        "is_past": event.ends_at < at,
        "status": state.label if state in KINDS_OF_STATE or state == "closed" else "",
        "status_kind": KINDS_OF_STATE.get(state, ""),
    }


class EventFilterForm(forms.Form):
    """Kind and country of the host, from the address; what is unknown is refused by its field."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds, countries = choices()
        self.fields["kind"].choices = [("", _("Every kind")), *kinds]
        self.fields["country"].choices = [("", pgettext("filter", "Every country")), *countries]

    def narrowed(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events that match; all of them when the address says nothing valid."""
        if not self.is_valid():
            return events
        if kind := self.cleaned_data["kind"]:
            events = events.filter(kind=kind)
        if country := self.cleaned_data["country"]:
            events = events.filter(host_member__country__code=country)
        return events


def choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Kinds and countries of hosts that public events have, in the reader's alphabet: one query."""
    found = Event.objects.published().order_by()
    names = [f"host_member__country__name_{code}" for code in reading_order()]
    rows = found.distinct().values_list("kind", "host_member__country__code", *names)
    kinds, countries = {}, {}
    for kind, code, *named in rows:
        kinds[kind] = str(capfirst(Event.Kind(kind).label))
        if code:
            countries[code] = next(filter(None, named), code)
    return _sorted(kinds), _sorted(countries)


def _sorted(named: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(named.items(), key=lambda pair: sort_key(pair[1]))


def counts(events: QuerySet[Event], at: datetime.datetime) -> dict[str, int]:
    """How many of these events are `upcoming` and how many are `past`: one query."""
    return events.order_by().aggregate(
        upcoming=Count("pk", filter=Q(ends_at__gte=at)), past=Count("pk", filter=Q(ends_at__lt=at))
    )
