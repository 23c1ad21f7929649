"""What the results page shows: one list of an edition, its certainty, its seal, corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import cacheversion
from content.languages import in_language, reading_order
from ratings.models import Edition, IndicatorGroup, Method
from ratings.wording import method_sentences
from standings import charts, corrections, listing, wording
from standings.listing import Row
from standings.models import Seal

STORED = {
    (False, False): "rank",
    (True, False): "rank_in_class",
    (False, True): "rank_among_members",
    (True, True): "rank_among_members_in_class",
}


@dataclass(frozen=True)
class Chosen:
    """Which list: of one class ("" for all), by one direction ("" for the whole), of whom."""

    size: str
    direction: str
    members_only: bool

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Chosen":
        return cls(
            query.get("class", ""), query.get("direction", ""), query.get("list") == "members"
        )

    @property
    def is_common(self) -> bool:
        return self == Chosen("", "", False)

    def address(self, **changed) -> str:
        """The query of the same list with something changed; "./" without any."""
        values = {"class": self.size, "direction": self.direction,
                  "list": "members" if self.members_only else ""} | changed  # fmt: skip
        query = "&".join(f"{name}={value}" for name, value in values.items() if value)
        return f"?{query}" if query else "./"


def of(edition: Edition, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the page; its text is remembered until the content changes."""
    chosen = Chosen.of(query)
    name = f"results-{edition.pk}-{reading_order()[0]}"
    if chosen.is_common:
        return {"text": cacheversion.remembered(name, lambda: written(edition, chosen))}
    return {"text": written(edition, chosen)}


def written(edition: Edition, chosen: Chosen) -> str:
    """The body of the page. Ten queries at most, however many cities."""
    rows = listing.rows_of(edition)
    common = {"edition": edition, "editions": editions_out(edition), "firsts": _firsts(rows)}
    if edition.kind == Edition.Kind.KNOWN:
        values = common | {"lists": known_lists(rows), "rows": rows}
        return render_to_string("standings/includes/known_body.html", values)
    values = common | _held(edition, chosen, rows)
    return render_to_string("standings/includes/results_body.html", values)


def _held(edition: Edition, chosen: Chosen, rows: list[Row]) -> dict[str, Any]:
    directions = directions_of(edition, rows)
    classes = [(one.code, in_language(one, "title")[0]) for one in edition.size_classes.all()]
    known = Chosen(
        chosen.size if chosen.size in dict(classes) else "",
        chosen.direction if chosen.direction in dict(directions) else "",
        chosen.members_only,
    )
    shown = listed(rows, known)
    before = listing.previous_edition(edition) if known.is_common else None
    seal = Seal.objects.current().filter(edition=edition).first()
    method = Method.objects.filter(edition=edition).first()
    has_ranges = known.is_common and any(one.low is not None for one in shown)
    return {
        "chosen": known,
        "choices": choices(known, classes, directions, any(one.is_guest for one in rows)),
        "title": _title(edition, known, dict(classes), dict(directions)),
        "table": table(shown, known, previous_places(before) if before else {}, has_ranges),
        "count": len(shown), "previous": before, "has_ranges": has_ranges,
        "method": method, "sentences": method_sentences(method) if method else [],
        "has_guests": any(one.is_guest for one in shown),
        "left_guests": known.members_only and any(one.is_guest for one in rows),
        "host": next((one for one in shown if one.is_host), None),
        "seal": seal, "corrections": corrections.of(edition),
        "axis": charts.axis(len(shown)) if has_ranges else "",
    }  # fmt: skip


def directions_of(edition: Edition, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Directions below the index that have public scores: (code, title), in their order."""
    codes = {code for one in rows for code in one.directions}
    groups = IndicatorGroup.objects.filter(edition=edition, parent=None, code__in=codes)
    return [(one.code, in_language(one, "title")[0]) for one in groups]


def listed(rows: Sequence[Row], chosen: Chosen) -> list[Row]:
    """The cities of a list in its order; places are those of that list, also without guests."""
    if chosen.size:
        rows = [one for one in rows if one.class_code == chosen.size]
    if chosen.members_only:
        rows = [one for one in rows if not one.is_guest]
    if chosen.direction:
        return listing.placed_by_direction(rows, chosen.direction)
    return listing.placed(rows, STORED[bool(chosen.size), chosen.members_only])


def choices(
    chosen: Chosen, classes: list[tuple], directions: list[tuple], has_guests: bool
) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Other lists: (label, [(words, address, is this one), …]); a choice of one is left out."""
    whole = pgettext("list of a rating", "Whole rating")
    found = [
        (_("Size of city"), [("", pgettext("list of a rating", "All cities")), *classes], "class",
         chosen.size),
        (_("Direction"), [("", whole), *directions], "direction", chosen.direction),
    ]  # fmt: skip
    if has_guests:
        whom = [("", _("With guests")), ("members", _("Members alone"))]
        found.append((_("Cities"), whom, "list", "members" if chosen.members_only else ""))
    return [
        (label, [(words, chosen.address(**{name: code}), code == now) for code, words in options])
        for label, options, name, now in found
        if len(options) > 1
    ]


def table(
    rows: Sequence[Row], chosen: Chosen, before: Mapping[tuple, int], has_ranges: bool
) -> list[dict[str, Any]]:
    """Rows of the table as the template draws them: short words, so that 500 fit 200 KB."""
    last = len(rows)
    return [
        {
            "row": one,
            "sub": _sub(one, bool(chosen.size)),
            "score": wording.score_text(one.score),
            "change": _change(before.get(listing.same_city(one.columns)), one.place),
            "likely": wording.likely(one.low, one.high) if has_ranges and one.low else "",
            "strip": charts.range_strip(one.low, one.high, one.place, last)
            if has_ranges and one.low
            else "",
        }
        for one in rows
    ]


def _sub(row: Row, in_class: bool) -> str:
    words = [
        wording.shared_places(row.place, row.shared) if row.shared > 1 else "",
        row.country,
        "" if in_class else row.class_title,
        pgettext("city of a rating", "guest") if row.is_guest else "",
        _("host of the ceremony") if row.is_host else "",
    ]
    return ", ".join(filter(None, words))


def _change(before: int | None, now: int) -> tuple[str, str] | None:
    return None if before is None else (wording.change_kind(before, now),
                                        wording.change_words(before, now))  # fmt: skip


def previous_places(edition: Edition) -> dict[tuple, int]:
    """Places in the common table of an edition: {what tells the city: place}. One query."""
    columns = listing.public_columns(edition=edition, rank__isnull=False)
    return {listing.same_city(one): one["rank"] for one in columns}


def known_lists(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """What is known of a past edition: the common table, each class, other honours."""
    common = listing.placed(rows, "rank")
    found = [(_("Common table"), common)] if common else []
    titles = dict.fromkeys(one.class_title for one in rows if one.columns["rank_in_class"])
    for title in titles:
        alike = [one for one in rows if one.class_title == title]
        found.append((wording.class_words(title), listing.placed(alike, "rank_in_class")))
    others = [one for one in rows if one.columns["note_ru"] or one.columns["note_en"]]
    if others:
        found.append((_("Also known"), others))
    return found


def editions_out(edition: Edition) -> list[Edition]:
    """Editions of the rating whose places are out, the latest first. One query."""
    found = Edition.objects.visible().filter(rating=edition.rating_id, pk__in=listing.out())
    return list(found.select_related("rating").order_by("-year", "-pk"))


def _firsts(rows: Sequence[Row]) -> list[Row]:
    return [one for one in rows if one.place and one.place <= 3]


def _title(edition: Edition, chosen: Chosen, classes: dict, directions: dict) -> str:
    """What the table is of: "Common table, members alone, 2024"."""
    size = classes.get(chosen.size)
    words = [directions.get(chosen.direction), size and wording.class_words(size)]
    parts = [one for one in words if one] or [_("Common table")]
    if chosen.members_only:
        parts.append(_("members alone"))
    return ", ".join([*parts, str(edition.year)])


def moves_in_percent(method: Method) -> str:
    """By how much weights move, in per cent without idle zeros: 25."""
    return f"{(method.weights_move * Decimal(100)).normalize():f}"
