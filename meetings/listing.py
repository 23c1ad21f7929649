"""Lists of meetings: what a row says."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from content.dates import days_text, local_day
from content.languages import in_language, reading_order
from content.templatetags.typography import typo
from meetings.models import Meeting

# What a row reads: everything else stays in the database.
COLUMNS = (
    "slug", "title", "number", "place", "is_online", "starts_at", "ends_at", "time_zone", "state",
    "body__name", "body__slug",
)  # fmt: skip

COLOURS = {"planned": "info", "held": "", "cancelled": "bad"}
# A meeting is planned, held, cancelled: in Russian another gender than that of an election.
STATES = {
    "planned": pgettext_lazy("meeting", "To come"),
    "held": pgettext_lazy("meeting", "Held"),
    "cancelled": pgettext_lazy("meeting", "Cancelled"),
}


def light(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The meetings with the columns that a row reads, and no others."""
    return meetings.select_related("body").only(*COLUMNS)


def rows(meetings) -> list[dict]:
    """What a list shows of each meeting; see `meetings/includes/meeting_rows.html`."""
    reader = reading_order()[0]
    return [_row(meeting, reader) for meeting in meetings]


def _row(meeting: Meeting, reader: str) -> dict:
    title, title_language = in_language(meeting, "title")
    body, body_language = in_language(meeting.body, "name")
    zone = meeting.zone
    first, last = local_day(meeting.starts_at, zone), local_day(meeting.ends_at, zone)
    return {
        "url": meeting.get_absolute_url(),
        "title": typo(title, title_language),
        "lang": title_language if title_language != reader else "",
        "body": typo(body, body_language),
        "body_lang": body_language if body_language != reader else "",
        "place": place_words(meeting),
        "datetime": first.isoformat(),
        "days": days_text(first, last),
        "state": meeting.state,
        "status": STATES[meeting.state],
        "status_kind": COLOURS[meeting.state],
    }


def place_words(meeting: Meeting) -> str:
    """The place, or that the meeting is held online; both where both are given."""
    place, language = in_language(meeting, "place")
    online = _("online") if meeting.is_online else ""
    return typo(", ".join(filter(None, [place, online])), language)


def years_of(meetings: QuerySet[Meeting]) -> list[int]:
    """The years that have meetings, the latest first: one query."""
    found = meetings.order_by().values_list("starts_at__year", flat=True).distinct()
    return sorted(found, reverse=True)
