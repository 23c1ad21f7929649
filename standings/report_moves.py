"""Who rose and who fell since the edition before, in the active language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from content.languages import in_language
from ratings.models import Edition
from standings import listing
from standings.models import Seal, Standing

MOST = 10


@dataclass(frozen=True, kw_only=True)
class Moves:
    """Places among all, city (its questionnaire) by city: `before` in the edition before.

    `rows` are (name, place before, place now) of the cities in both; `new` and `gone` are names.
    """

    edition: Edition | None
    before: Mapping[int, int] = field(default_factory=dict)
    rows: Sequence[tuple[str, int, int]] = ()
    new: Sequence[str] = ()
    gone: Sequence[str] = ()


def moves(seal: Seal, rows: Sequence[Mapping]) -> Moves:
    """The places of `rows`, results of this seal, beside those of the edition before.

    Of that one the revision counts that the public sees. A city is told by its member record, or
    by name and country.
    """
    previous = listing.previous_edition(seal.edition)
    if previous is None:
        return Moves(edition=None)
    old = {
        listing.same_city(columns): columns for columns in listing.public_columns(edition=previous)
    }
    own = _keys(seal)
    placed = [row for row in rows if row["rank"]]
    met = {
        row["city"]: old[own[row["city"]]]["rank"] for row in placed
        if own.get(row["city"]) in old and old[own[row["city"]]]["rank"]
    }  # fmt: skip
    present = set(own.values())
    return Moves(
        edition=previous, before=met,
        rows=[(_name(row), met[row["city"]], row["rank"]) for row in placed if row["city"] in met],
        new=[_name(row) for row in placed if own.get(row["city"]) not in old],
        gone=[_name(columns) for key, columns in old.items() if key not in present],
    )  # fmt: skip


def told(found: Moves) -> dict[str, Any]:
    """The section of the report: the ten that rose most, the ten that fell most, new and gone."""
    if found.edition is None:
        return {"moves_title": "", "risen": [], "fallen": [], "moves_notes": []}
    risen = sorted((row for row in found.rows if row[2] < row[1]), key=lambda row: row[2] - row[1])
    fallen = sorted((row for row in found.rows if row[2] > row[1]), key=lambda row: row[1] - row[2])
    title = {"edition": in_language(found.edition, "title")[0]}
    return {
        "moves_title": _("Since the edition before"),
        "moves_words": _("Places are compared with “%(edition)s”.") % title + " " + _summary(
            found, len(risen), len(fallen)),
        "moves_headings": [_("City"), _("Was"), _("Is now"), pgettext("of a place", "Change")],
        "risen_title": _("Rose most"), "risen": [_line(row) for row in risen[:MOST]],
        "fallen_title": _("Fell most"), "fallen": [_line(row) for row in fallen[:MOST]],
        "moves_notes": _notes(found),
    }  # fmt: skip


def _summary(found: Moves, risen: int, fallen: int) -> str:
    words = ngettext(
        "%(both)d city has a place in both: %(risen)d rose, %(fallen)d fell, %(same)d stayed.",
        "%(both)d cities have a place in both: %(risen)d rose, %(fallen)d fell, %(same)d stayed.",
        len(found.rows),
    )
    same = len(found.rows) - risen - fallen
    return words % {"both": len(found.rows), "risen": risen, "fallen": fallen, "same": same}


def _notes(found: Moves) -> list[str]:
    notes = [
        _("Questions, weights and the circle of cities may differ between editions: a place moves "
          "also when others come or leave.")
    ]  # fmt: skip
    if found.new:
        notes.append(_("Not in the edition before: %(names)s.") % {"names": ", ".join(found.new)})
    if found.gone:
        notes.append(_("In the edition before alone: %(names)s.") % {
            "names": ", ".join(found.gone)})  # fmt: skip
    return notes


def _line(row: tuple[str, int, int]) -> list[str]:
    name, before, now = row
    change = before - now
    return [name, str(before), str(now), f"+{change}" if change > 0 else f"−{-change}"]


def _keys(seal: Seal) -> dict[int, tuple]:
    """What tells each city of a seal apart, by its questionnaire."""
    columns = Standing.objects.filter(seal=seal).values(
        "response_id", "member_id", "name_ru", "name_en", "country__code"
    )
    return {
        one["response_id"]: listing.same_city({**one, "country_code": one["country__code"]})
        for one in columns
    }


def _name(columns: Mapping) -> str:
    return listing.in_reading_order(columns, "name")[0]
