"""The report of an event on paper: its figures, city by city."""

from django.utils import translation
from django.utils.translation import gettext as _

from attendance import figures
from attendance.figures import Figures, Line
from content import documents
from content.dates import period_text
from content.languages import in_language
from events.models import Event


def pdf(event: Event, language: str) -> bytes:
    """The report as PDF in one language. Raises what `documents.pdf` raises."""
    with translation.override(language):
        title = _("Attendance")
        return documents.pdf(
            "attendance/pdf/report.typ", data_of(event, figures.of(event, language)),
            title=f"{title}: {in_language(event, 'title')[0]}", language=language,
        )  # fmt: skip


def data_of(event: Event, counted: Figures) -> dict:
    """What the template prints, in the active language."""
    return {
        "title": _("Attendance"),
        "event": in_language(event, "title")[0],
        "facts": [
            (_("Dates"), period_text(event.starts_at, event.ends_at, event.zone)),
            (_("Place"), in_language(event, "place")[0]),
            *((str(label), str(value)) for label, value in facts(event, counted)),
        ],
        "headings": [_("City"), _("Country"), _("Registered"), _("There"), "%"],
        "cities_title": _("Cities"),
        "cities": _rows(counted.cities),
        "countries_title": _("Countries"),
        "country_headings": [_("Country"), _("Registered"), _("There"), "%"],
        "countries": [[row[0], *row[2:]] for row in _rows(counted.countries)],
        "guests_title": _("Guests"),
        "guests": _rows(counted.guests),
        "note": _("Guests are counted apart and are not member cities."),
    }


def facts(event: Event, counted: Figures) -> list[tuple[str, int | str]]:
    """The figures of the whole as label and value, in the active language."""
    whole = counted.whole
    found: list[tuple[str, int | str]] = [
        (_("Registered"), whole.registered),
        (_("Were there"), f"{whole.there} ({whole.share} %)" if whole.there else 0),
        (_("At the door"), counted.at_the_door),
        (_("Online"), counted.online),
        (_("Online without registration"), counted.unregistered),
        (_("Member cities"), len(counted.cities)),
        (_("Countries of member cities"), len(counted.countries)),
        (_("Guests"), counted.guest_people),
    ]
    if event.expected_attendance:
        found.append((_("Expected"), event.expected_attendance))
    if event.final_attendance:
        found.append((_("Announced as final"), event.final_attendance))
    return found


def _rows(lines: list[Line]) -> list[list[str]]:
    return [
        [line.label, line.note, str(line.registered), str(line.there),
         "—" if line.share is None else str(line.share)]
        for line in lines
    ]  # fmt: skip
