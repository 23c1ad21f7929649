"""Judges every row of a file: the same, changed, new or wrong. Writes nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from content.sortkeys import search_fold
from members.importing import cells, garbage
from members.importing.addresses import free_slug
from members.importing.columns import IDENTITY
from members.importing.messages import BadCell, Remark
from members.importing.reading import Row, Sheet
from members.importing.register import Kept, Register

SAME, CHANGED, NEW, ERROR = "same", "changed", "new", "error"
KINDS = (ERROR, CHANGED, NEW, SAME)
# Columns that are compared and written as they stand.
PLAIN = ("kind", "time_zone", "latitude", "longitude", "geonames_id", "website", "email", "phone")
NAMES = ("name_ru", "name_en")
MANY = 200  # new members: of further ones it is not asked whether they are slips of the pen
TOLD = (*PLAIN, "population", "member_since")  # what a preview tells of a new member


@dataclass(frozen=True)
class Options:
    """What the file does not say: the year of its population figures, and whose they are."""

    population_year: int | None = None
    source_ru: str = ""
    source_en: str = ""


@dataclass
class Verdict:
    """The judgement of one row.

    `values`: what is to be written, by column; `changes`: column, old and new value as they are
    shown; `remarks`: why it is wrong; `notes`: what is good to know of a row that is taken.
    """

    number: int
    kind: str
    names: list[str | None] = field(default_factory=lambda: [None, None])
    country: str = ""
    slug: str = ""
    member_id: int | None = None
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[list] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What a preview shows, and what must not have changed when it is confirmed."""
        shown = {
            "number": self.number, "kind": self.kind, "names": self.names,
            "country": self.country, "slug": self.slug, "changes": self.changes,
            "remarks": [remark.as_json() for remark in self.remarks],
            "notes": [note.as_json() for note in self.notes], "cells": self.cells,
        }  # fmt: skip
        return {key: value for key, value in shown.items() if value}


@dataclass
class Plan:
    """What an import would do."""

    verdicts: list[Verdict]
    register: Register
    options: Options
    empty_rows: int = 0
    ignored: list[str] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Verdict]:
        return [verdict for verdict in self.verdicts if verdict.kind == kind]

    def counts(self) -> dict[str, int]:
        """How many rows of each kind; `empty` rows between them are apart."""
        found = Counter(verdict.kind for verdict in self.verdicts)
        return {**{kind: found[kind] for kind in KINDS}, "empty": self.empty_rows}

    def rows(self) -> list[dict[str, Any]]:
        return [verdict.as_json() for verdict in self.verdicts]


def digest(rows: list[dict[str, Any]]) -> str:
    """Equal for equal judgements."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@garbage.left_alone()
def judge(sheet: Sheet, options: Options | None = None) -> Plan:
    """Compare a file with what the portal keeps. Six queries, whatever the size of the file."""
    judge_one = _Judge(sheet, Register(), options or Options())
    verdicts = [judge_one.verdict(row) for row in sheet.rows]
    return Plan(verdicts, judge_one.register, judge_one.options, sheet.empty_rows, sheet.ignored)


class _Judge:
    def __init__(self, sheet: Sheet, register: Register, options: Options):
        self.register, self.options = register, options
        self.new_names = 0
        self.claimed: dict[tuple, tuple[int, bool]] = {}
        # Addresses that the file gives are not made up for another row.
        given = {row.cells["slug"] for row in sheet.rows if "slug" in row.cells}
        self.slugs = {str(slug) for slug in given} | register.by_slug.keys()

    def verdict(self, row: Row) -> Verdict:
        values, remarks = self._read(row)
        verdict = Verdict(row.number, ERROR, remarks=remarks)
        verdict.names = [values.get(key) or _as_typed(row.cells.get(key)) for key in NAMES]
        verdict.country = self.register.country_codes.get(values.get("country"), "")
        if not remarks:
            try:
                self._decide(verdict, values)
            except BadCell as bad:
                verdict.kind = ERROR
                remarks.append(Remark(bad.code, bad.params.pop("at", ""), bad.params))
        if remarks:
            verdict.cells = {key: cells.typed(cell) for key, cell in row.cells.items()}
            verdict.values, verdict.changes, verdict.notes = {}, [], []
        return verdict

    def _read(self, row: Row) -> tuple[dict[str, Any], list[Remark]]:
        """The values of the cells, and what is wrong with some of them."""
        values: dict[str, Any] = {}
        remarks = [Remark("extra_cells")] if row.has_extra else []
        for key, cell in row.cells.items():
            try:
                cells.refuse_never_good(cell)
                parse = self.register.country if key == "country" else cells.PARSERS[key]
                values[key] = parse(cell)
            except BadCell as bad:
                remarks.append(Remark(bad.code, key, bad.params))
        return values, remarks

    def _decide(self, verdict: Verdict, values: dict[str, Any]) -> None:
        if not any(key in values for key in IDENTITY):
            raise BadCell("no_name")
        folds = sorted({search_fold(values[key]) for key in NAMES if key in values})
        kept = self.register.find(values, folds)
        claims, has_slug = self._claims(values, folds, kept), "slug" in values
        self._refuse_double(claims, has_slug)
        if "population" in values:
            values.setdefault("population_year", self.options.population_year)
            if values["population_year"] is None:
                raise BadCell("year_needed", at="population_year")
        if kept is None:
            self._judge_new(verdict, values, folds)
        else:
            self._judge_kept(verdict, values, kept)
        self.claimed.update(dict.fromkeys(claims, (verdict.number, has_slug)))

    def _claims(self, values: dict[str, Any], folds: list[str], kept: Kept | None) -> list[tuple]:
        """What no other row of the file may claim: a member stands in a file once."""
        claims: list[tuple] = [
            (key, values[key]) for key in ("geonames_id", "slug") if key in values
        ]
        if kept:
            return [*claims, ("member", kept.pk)]
        return claims + [("name", values.get("country"), fold) for fold in folds]

    def _refuse_double(self, claims: list[tuple], has_slug: bool) -> None:
        for claim in claims:
            other, other_has_slug = self.claimed.get(claim, (0, False))
            # Two new places of one name are two, when each has an address of its own.
            if other and not (claim[0] == "name" and other_has_slug and has_slug):
                raise BadCell("double", row=other)

    def _judge_new(self, verdict: Verdict, values: dict[str, Any], folds: list[str]) -> None:
        if not any(key in values for key in NAMES):
            raise BadCell("no_name")
        if "country" not in values:
            raise BadCell("country_needed", at="country")
        if ("latitude" in values) != ("longitude" in values):
            raise BadCell("degrees_pair", at="latitude")
        if "time_zone" not in values:
            values["time_zone"], example = self.register.only_zone(values["country"])
            if not values["time_zone"]:
                raise BadCell("zone_needed", at="time_zone", example=example)
        self._look_elsewhere(verdict, values, folds)
        if "slug" not in values:
            values["slug"] = free_slug(values, verdict.country, self.slugs)
            self.slugs.add(values["slug"])
        verdict.kind, verdict.slug, verdict.values = NEW, values["slug"], values
        verdict.changes = [
            [key, None, self._shown(key, values[key], values)] for key in TOLD if key in values
        ]

    def _look_elsewhere(self, verdict: Verdict, values: dict[str, Any], folds: list[str]) -> None:
        """A name kept in another country: a wrong country, unless the row says that it is not."""
        found = self.register.named(folds, None)
        if not found:
            self._look_for_slips(verdict, values, folds)
            return
        listed = ", ".join(kept.described() for kept in found)
        is_other = "geonames_id" in values and all(kept.geonames_id for kept in found)
        if not is_other and "slug" not in values:
            raise BadCell("elsewhere", at="country", candidates=listed)
        verdict.notes.append(Remark("namesakes", "", {"candidates": listed}))

    def _look_for_slips(self, verdict: Verdict, values: dict[str, Any], folds: list[str]) -> None:
        """A new member whose name is almost a kept one may be that one, misspelt."""
        self.new_names += 1
        if self.new_names > MANY:
            return
        if near := self.register.similar(folds, values["country"]):
            listed = ", ".join(kept.described() for kept in near)
            verdict.notes.append(Remark("similar", "", {"candidates": listed}))

    def _judge_kept(self, verdict: Verdict, values: dict[str, Any], kept: Kept) -> None:
        if values.get("country", kept.country_id) != kept.country_id:
            raise BadCell(
                "country_differs", at="country", name=kept.described(), typed=verdict.country,
                kept=self.register.country_codes[kept.country_id],
            )  # fmt: skip
        verdict.member_id, verdict.version, verdict.slug = kept.pk, kept.version, kept.slug
        verdict.names = [kept.name_ru, kept.name_en]
        verdict.country = self.register.country_codes[kept.country_id]
        if values.get("slug", kept.slug) != kept.slug:
            verdict.notes.append(Remark("slug_kept", "slug", {"kept": kept.slug}))
        for key in PLAIN:
            if key in values and values[key] != getattr(kept, key):
                self._change(verdict, key, getattr(kept, key), values)
        if (values.get("latitude", kept.latitude) is None) != (
            values.get("longitude", kept.longitude) is None
        ):
            raise BadCell("degrees_pair", at="latitude")
        self._judge_names(verdict, values, kept)
        self._judge_facts(verdict, values, kept)
        verdict.kind = CHANGED if verdict.changes else SAME

    def _judge_names(self, verdict: Verdict, values: dict[str, Any], kept: Kept) -> None:
        """A spelling that the record knows already is no new name."""
        for key in NAMES:
            name, old = values.get(key), getattr(kept, key) or None
            if not name or name == old:
                continue
            if old and kept.knows(name):
                params = {"typed": name, "kept": old}
                verdict.notes.append(Remark("spelling_kept", key, params))
            else:
                self._change(verdict, key, old, values)

    def _judge_facts(self, verdict: Verdict, values: dict[str, Any], kept: Kept) -> None:
        if "population" in values:
            figures = self.register.figures.get(kept.pk, {})
            year = values["population_year"]
            if figures.get(year) != values["population"]:
                self._change(verdict, "population", _nearest(figures, year), values)
                verdict.values["population_year"] = year
            if figures and max(figures) > year:
                verdict.notes.append(Remark("old_figure", "population", {"year": max(figures)}))
        if "member_since" in values:
            starts = self.register.starts.get(kept.pk)
            if not starts:
                self._change(verdict, "member_since", None, values)
            elif values["member_since"][0] not in starts:
                verdict.notes.append(Remark("membership_kept", "member_since"))

    def _change(self, verdict: Verdict, key: str, old: Any, values: dict[str, Any]) -> None:
        verdict.values[key] = values[key]
        old_shown = old if key == "population" else self._shown(key, old, values)
        verdict.changes.append([key, old_shown, self._shown(key, values[key], values)])

    def _shown(self, key: str, value: Any, values: dict[str, Any]) -> Any:
        """A value as it is kept for the preview: plain JSON, worded when it is shown."""
        if value in (None, ""):
            return None
        if key == "population":
            return [value, values["population_year"]]
        if key == "member_since":
            return [value[0].isoformat(), value[1]]
        if key in ("latitude", "longitude"):
            return f"{value:f}"
        return value


def _as_typed(cell: Any) -> str | None:
    return None if cell is None else cells.typed(cell)


def _nearest(figures: dict[int, int], year: int) -> list[int] | None:
    """The figure of that year, else the latest before it, with its year."""
    years = [known for known in figures if known <= year]
    return [figures[max(years)], max(years)] if years else None
