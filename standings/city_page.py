"""What the page of one city in an edition shows: public figures alone (RAT-7)."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from members.models import Member
from ratings.models import Edition
from standings import charts, city_places, listing, profiles, results_page, wording
from standings.city_places import Place
from standings.listing import Row
from standings.profiles import Line

SMALLEST_GAP = 0.005  # scores are shown with two decimals


def of(edition: Edition, key: str) -> dict[str, Any]:
    """The context of the page. Raises Http404 where the city has no place in this edition.

    Eight queries at most, however many cities and editions.
    """
    rows = listing.rows_of(edition)
    row = next((one for one in rows if one.key == key), None)
    if row is None:
        raise Http404
    history = city_places.places_in_rating(row.columns, edition.rating_id)
    member = Member.objects.filter(pk=row.member).first() if row.member else None
    common = {
        "row": row, "member": member, "history": history,
        "places": stated_places(row, rows), "other_places": history_of(history, row),
        "note": listing.in_reading_order(row.columns, "note")[0],
    }  # fmt: skip
    if edition.kind == Edition.Kind.KNOWN:
        return common
    return common | profile_of(edition, row, rows)


def stated_places(row: Row, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Its place in each list it stands in: (which list, "3rd place of 60")."""
    labels = [
        ("rank", _("Common table"), lambda one: True),
        (
            "rank_in_class",
            row.class_title and wording.class_words(row.class_title),
            lambda one: one.class_title == row.class_title,
        ),
        ("rank_among_members", _("Members alone"), lambda one: not one.is_guest),
    ]
    has_guests = any(one.is_guest for one in rows)
    found = []
    for column, label, belongs in labels:
        place = row.columns[column]
        if place is None or not label or (column == "rank_among_members" and not has_guests):
            continue
        among = [one.columns[column] for one in rows if belongs(one) and one.columns[column]]
        found.append((label, _of_so_many(place, among.count(place), len(among), row)))
    return found


def _of_so_many(place: int, sharing: int, among: int, row: Row) -> str:
    words = wording.shared_places(place, sharing)
    if row.score is None:  # of a past edition: how many there were is not known
        return words
    return _("%(place)s of %(count)d") % {"place": words, "count": among}


def profile_of(edition: Edition, row: Row, rows: Sequence[Row]) -> dict[str, Any]:
    """Its directions against the median of its class: lines, both charts, the finding."""
    directions = results_page.directions_of(edition, rows)
    alike = profiles.alike(row, rows)
    lines = profiles.lines(row, alike, directions)
    low, high = profiles.scale(
        edition, [one for line in lines for one in (line.score, line.median)]
    )
    drawn = [(line.title, [line.score, line.median]) for line in lines]
    return {
        "lines": lines,
        "class_count": len(alike),
        "profile_wide": charts.dumbbells(drawn, low, high, 680) if lines else "",
        "profile_narrow": charts.dumbbells(drawn, low, high, 340) if lines else "",
        "profile_finding": profile_finding(lines),
        "likely": wording.likely_sentence(row.low, row.high) if row.low is not None else "",
    }


def profile_finding(lines: Sequence[Line]) -> str:
    """Where the city stands furthest above and below the median."""
    gaps = sorted((one for one in lines if one.gap is not None), key=lambda one: one.gap)
    words = []
    if gaps and gaps[-1].gap > SMALLEST_GAP:
        values = {"direction": gaps[-1].title, "points": wording.score_text(gaps[-1].gap)}
        words.append(_("Furthest above the median: %(direction)s, by %(points)s.") % values)
    if gaps and gaps[0].gap < -SMALLEST_GAP:
        values = {"direction": gaps[0].title, "points": wording.score_text(-gaps[0].gap)}
        words.append(_("Furthest below it: %(direction)s, by %(points)s.") % values)
    if gaps and not words:
        words.append(_("In every direction the city stands at the median."))
    return " ".join(words)


def history_of(history: Sequence[Place], row: Row) -> dict[str, Any]:
    """Its places over the editions: charts where there are two, and what they say."""
    placed = [one for one in reversed(history) if one.rank]
    if len(placed) < 2:
        return {"finding": "", "wide": "", "narrow": ""}
    years = [str(one.edition.year) for one in reversed(history)]
    series = {row.name: [one.rank for one in reversed(history)]}
    return {
        "finding": history_finding(placed[0], placed[-1]),
        "wide": charts.bump(series, years, row.name),
        "narrow": charts.bump(series, years, row.name, narrow=True),
    }


def history_finding(first: Place, last: Place) -> str:
    """What happened between the first known place and the last."""
    values = {
        "first": wording.ordinal(first.rank), "first_year": first.edition.year,
        "last": wording.ordinal(last.rank), "last_year": last.edition.year,
    }  # fmt: skip
    if first.rank == last.rank:
        return _("In %(first_year)d and in %(last_year)d: %(last)s place") % values
    return _("From %(first)s place in %(first_year)d to %(last)s place in %(last_year)d") % values
