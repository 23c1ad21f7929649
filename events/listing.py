"""Lists of events: what a row says, and what readers may narrow a list by."""

import datetime
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from content.languages import in_language, reading_order
from content.models import Topic
from content.sortkeys import sort_key
from content.templatetags.typography import typo
from events.calendar_sources import Entry
from events.models import Event, EventChange
from events.words import day_and_month, days_text, machine_day

# What a row reads: everything else stays in the database.
COLUMNS = (
    "slug", "kind", "title", "place", "starts_at", "ends_at", "time_zone", "status",
    "published_at", "takes_registrations", "registration_opens_at", "registration_closes_at",
    "date_precision", "parent_id",
)  # fmt: skip
MOVED = (EventChange.What.MOVED, EventChange.What.NEW_DATE)

KINDS_OF_STATE = {"open": "good", "not_yet": "info", "cancelled": "bad", "postponed": "warn"}


def listed(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events with what `rows` reads of each, and `was_moved`."""
    moved = EventChange.objects.filter(event=OuterRef("pk"), what__in=MOVED)
    return events.only(*COLUMNS).annotate(was_moved=Exists(moved))


def rows(events, at: datetime.datetime | None = None) -> list[dict]:
    """What a list shows of each event, formatted once: see `events/includes/event_rows.html`.

    The events come from `listed`.
    """
    at = at or timezone.now()
    reader = reading_order()[0]
    return [row(event, at, reader) for event in events]


def row(event: Event, at: datetime.datetime, reader: str) -> dict:
    """One row, see `rows`."""
    title, title_language = in_language(event, "title")
    place, place_language = in_language(event, "place")
    day, month = _date(event)
    status, colour = state_words(event, at)
    return {
        "url": event.get_absolute_url(),
        "title": typo(title, title_language),
        "lang": title_language if title_language != reader else "",
        "place": typo(place, place_language),
        "place_lang": place_language if place and place_language != reader else "",
        "kind": capfirst(event.get_kind_display()),
        "day": day,
        "month": month,
        "datetime": machine_day(event),
        "is_past": event.ends_at < at,
        "status": status,
        "status_kind": colour,
    }


def _date(event: Event) -> tuple[str, str]:
    if event.is_tentative:
        return "", capfirst(days_text(event))
    return day_and_month(event.starts_at, event.ends_at, event.zone)


def state_words(event: Event, at: datetime.datetime) -> tuple[str, str]:
    """The state of an event in a list and its colour (`includes/status.html`); reads `was_moved`.

    What befell the event goes before its registration; a past event says nothing.
    """
    state = event.registration_state(at)
    if state in ("cancelled", "postponed"):
        return state.label, KINDS_OF_STATE[state]
    if event.ends_at < at:
        return "", ""
    if event.is_tentative:
        return _("Date not fixed"), "info"
    if event.was_moved:
        return _("Moved"), "warn"
    if state in KINDS_OF_STATE or state == "closed":
        return state.label, KINDS_OF_STATE.get(state, "")
    return "", ""


class EventFilterForm(forms.Form):
    """Kind, country of the host and topic, from the address; what is unknown is refused by its
    field."""

    NAMES = ("kind", "country", "topic")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds, countries = choices()
        self.fields["kind"].choices = [("", _("Every kind")), *kinds]
        self.fields["country"].choices = [("", pgettext("filter", "Every country")), *countries]
        self.fields["topic"].choices = [("", pgettext("filter", "Every topic")), *topics()]

    @property
    def chosen(self) -> dict[str, str]:
        """What narrows the list, by name; nothing when the address says nothing valid."""
        if not self.is_valid():
            return {}
        return {name: value for name in self.NAMES if (value := self.cleaned_data[name])}

    @property
    def query(self) -> str:
        """The filter for links to other views of the same events: "?kind=council", or nothing."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    def narrowed(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events that match; all of them when the address says nothing valid."""
        chosen = self.chosen
        if kind := chosen.get("kind"):
            events = events.filter(kind=kind)
        if country := chosen.get("country"):
            events = events.filter(host_member__country__code=country)
        if topic := chosen.get("topic"):
            events = events.filter(topics__slug=topic)
        return events

    def admits(self, entry: Entry) -> bool:
        """Whether a further entry of a calendar matches, too."""
        chosen = self.chosen
        return (
            chosen.get("kind", entry.event_kind) == entry.event_kind
            and chosen.get("country", entry.country) == entry.country
            and ("topic" not in chosen or chosen["topic"] in entry.topics)
        )


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


def topics() -> list[tuple[str, str]]:
    """The topics that public events have, themes first, then the goals: one query."""
    used = Event.objects.published().order_by().values("topics")
    found = Topic.objects.filter(pk__in=used)
    return [(topic.slug, capfirst(_topic_name(topic))) for topic in found]


def _topic_name(topic: Topic) -> str:
    title = in_language(topic, "title")[0]
    if topic.number is None:
        return title
    return _("SDG %(number)d. %(title)s") % {"number": topic.number, "title": title}


def _sorted(named: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(named.items(), key=lambda pair: sort_key(pair[1]))


def counts(events: QuerySet[Event], at: datetime.datetime) -> dict[str, int]:
    """How many of these events are `upcoming` and how many are `past`: one query."""
    return events.order_by().aggregate(
        upcoming=Count("pk", filter=Q(ends_at__gte=at)), past=Count("pk", filter=Q(ends_at__lt=at))
    )
