"""What the association and its members have achieved, year by year, from dated records alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import cacheversion
from content.languages import in_language, reading_order
from events.models import Event
from laureates import listing as laureates
from laureates.models import Laureate
from library.models import Publication
from members.models import MembershipPeriod
from partnerships.models import Partnership
from ratings.models import Edition
from standings import listing as standings

GREAT = (Event.Kind.CONGRESS, Event.Kind.ASSEMBLY, Event.Kind.FORUM)


@dataclass(frozen=True)
class Entry:
    """One thing of a year: what it was, where it stands, the language where not the reader's."""

    title: str
    kind: str
    url: str = ""
    lang: str = ""
    note: str = ""


@dataclass
class Year:
    """A year: `figures` are sentences with counts, `entries` what deserves a line of its own."""

    number: int
    figures: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def years() -> list[Year]:
    """All years with something to say, the latest first; remembered in the reader's language."""
    return cacheversion.remembered(f"achievements-{reading_order()[0]}", _years)


def _years() -> list[Year]:
    found: dict[int, Year] = {}

    def of(number: int) -> Year:
        return found.setdefault(number, Year(number))

    for number, sentence in _figures():
        of(number).figures.append(sentence)
    for number, entry in (*_events(), *_honours(), *_ratings()):
        of(number).entries.append(entry)
    return sorted(found.values(), key=lambda year: -year.number)


def _figures() -> Iterator[tuple[int, str]]:
    """How much of each kind a year brought. Four queries."""
    now = timezone.now()
    held = Event.objects.published().filter(ends_at__lt=now, parent__isnull=True)
    held = held.exclude(status=Event.Status.CANCELLED)
    for number, count in _by_year(held, "starts_at"):
        yield number, ngettext("%(count)d event", "%(count)d events", count) % {"count": count}
    joined = MembershipPeriod.objects.filter(starts_on__isnull=False)
    for number, count in _by_year(joined, "starts_on"):
        yield number, ngettext(
            "%(count)d city or association joined", "%(count)d cities and associations joined",
            count,
        ) % {"count": count}  # fmt: skip
    signed = Partnership.objects.filter(stage="signed", signed_on__isnull=False)
    for number, count in _by_year(signed, "signed_on"):
        yield (
            number,
            ngettext(
                "%(count)d agreement between cities", "%(count)d agreements between cities", count
            )
            % {"count": count},
        )
    for number, count in _by_year(Publication.objects.published(), "dated_on"):
        yield number, ngettext(
            "%(count)d publication", "%(count)d publications", count
        ) % {"count": count}  # fmt: skip


def _by_year(rows, field_name: str) -> list[tuple[int, int]]:
    grouped = rows.order_by().annotate(year_of=ExtractYear(field_name)).values_list("year_of")
    return list(grouped.annotate(Count("pk")))


def _events() -> Iterator[tuple[int, Entry]]:
    """Congresses, assemblies and forums that were held."""
    found = Event.objects.published().filter(kind__in=GREAT, ends_at__lt=timezone.now())
    for event in found.exclude(status=Event.Status.CANCELLED).order_by("-starts_at"):
        title, lang = _title(event, "title")
        yield (
            event.starts_at.year,
            Entry(title, event.get_kind_display(), event.get_absolute_url(), lang),
        )


def _honours() -> Iterator[tuple[int, Entry]]:
    """Honours of each award: cities by name, the many winners of contests as a number."""
    of_award: dict[tuple[int, int], list[dict]] = defaultdict(list)
    found = laureates.fetched(Laureate.objects.public().filter(year__isnull=False)).in_order()
    for row in laureates.rows(found):
        of_award[row["laureate"].year, row["laureate"].award_id].append(row)
    for (number, _award), rows in of_award.items():
        award = rows[0]["laureate"].award
        title, lang = _title(award, "title")
        names = Counter(row["title"] for row in rows)
        note = "; ".join(list(names)[:6])
        if len(names) > 6:
            note = ngettext("%(count)d laureate", "%(count)d laureates", len(rows)) % {
                "count": len(rows)
            }
        yield number, Entry(title, _("Honours"), award.get_absolute_url(), lang, note)


def _ratings() -> Iterator[tuple[int, Entry]]:
    """Editions of ratings whose places are out, with who came first."""
    firsts = standings.out()
    is_russian = reading_order()[0] == "ru"
    for edition in Edition.objects.visible().filter(pk__in=firsts).select_related("rating"):
        title, lang = _title(edition, "title")
        first = [(ru or en) if is_russian else (en or ru) for place, ru, en in firsts[edition.pk]
                 if place == 1]  # fmt: skip
        note = _("First place: %s") % ", ".join(first) if first else ""
        yield edition.year, Entry(title, _("Rating"), edition.get_absolute_url(), lang, note)


def _title(record, name: str) -> tuple[str, str]:
    text, language = in_language(record, name)
    return text, language if language != reading_order()[0] else ""
