"""What the import has to say of a file or a cell: kept as a code, worded for whoever reads it."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.dates import grouped
from members.importing.columns import label_of
from members.models import Member

# Of the whole file.
FILE = {
    "empty": _("The file is empty: there is no row of members in it."),
    "too_heavy": _("The file is larger than %(megabytes)s MB. Keep only the rows of members."),
    "not_a_table": _("This is not a spreadsheet. Save it as Excel workbook (.xlsx) or CSV."),
    "old_excel": _("This is a workbook of Excel 97–2003. Save it as .xlsx and choose it again."),
    "password": _("The workbook is locked with a password. Save it without one."),
    "macros": _("The workbook carries macros. Save it as .xlsx, without them."),
    "archive": _(
        "The workbook unpacks to far more than a list of members needs: it is not opened."
    ),
    "broken": _("The workbook is damaged and cannot be opened. Save it anew and choose it again."),
    "not_text": _("The text cannot be read. Save the file as CSV in UTF-8 or as .xlsx."),
    "no_headings": _(
        "No known heading stands in the first row. At least one of these is needed: %(columns)s. "
        "Start from the template."
    ),
    "no_identity": _(
        "There is no column that says which member a row is about: %(columns)s. "
        "Start from the template."
    ),
    "heading_typo": _("The heading “%(typed)s” is not known. Did you mean “%(column)s”?"),
    "heading_twice": _("Two columns hold “%(column)s”: “%(first)s” and “%(second)s”. Keep one."),
    "merged": _("Cells are merged (%(cells)s). Unmerge them and choose the file again."),
    "too_many_rows": _("There are more than %(limit)s rows. Split the file into parts."),
    "blank_rows": _(
        "There are thousands of empty rows in the sheet. Copy the filled ones into the template."
    ),
    "too_many_columns": _(
        "There are more than %(limit)s columns. Keep only those of the template."
    ),
}

# Of one cell or row.
CELL = {
    "formula": _("A formula stands here: paste its result as a value."),
    "error_value": _("The spreadsheet shows an error here: %(typed)s."),
    "extra_cells": _("There are more cells than headings: is a text with commas without quotes?"),
    "no_name": _("The row names no member."),
    "too_long": _("Longer than %(limit)s characters."),
    "latin_inside": _(
        "Latin letters inside a Russian name: %(letters)s. Type them on the Russian keyboard."
    ),
    "cyrillic_inside": _(
        "Cyrillic letters where Latin ones belong: %(letters)s. Type them on the Latin keyboard."
    ),
    "not_cyrillic": _("“%(typed)s” has no Cyrillic letter: are two columns swapped?"),
    "not_latin": _("“%(typed)s” has no Latin letter: are two columns swapped?"),
    "country_unknown": _(
        "There is no country “%(typed)s” in the portal. Write its name or one of the codes "
        "%(codes)s."
    ),
    "country_needed": _("A new member needs its country."),
    "country_differs": _(
        "In the portal %(name)s belongs to %(kept)s, not to %(typed)s. An import does not move a "
        "member to another country: correct the file, or change the record by hand."
    ),
    "kind_unknown": _("“%(typed)s” is not a kind of member. Write one of these: %(kinds)s."),
    "number_words": _("“%(typed)s”: write all digits, %(meant)s."),
    "number_fraction": _(
        "“%(typed)s”: write whole inhabitants, without commas and dots, for example 1318604."
    ),
    "number_negative": _("“%(typed)s”: a population is more than zero."),
    "number_unclear": _("“%(typed)s” is not a number. Write digits, for example 1318604."),
    "number_huge": _("“%(typed)s” is more than any member has. Check the digits."),
    "year_unclear": _("“%(typed)s” is not a year. Write four digits, not later than %(latest)s."),
    "year_needed": _("Of which year is this population?"),
    "zone_unknown": _(
        "There is no time zone “%(typed)s”. Write it as Asia/Bishkek or Europe/Moscow."
    ),
    "zone_needed": _("A new member here needs its time zone, for example %(example)s."),
    "degrees_unclear": _("“%(typed)s”: write decimal degrees, for example 55.7887."),
    "degrees_range": _(
        "“%(typed)s” lies outside −%(limit)s…%(limit)s degrees. Is a comma missing?"
    ),
    "degrees_pair": _("Give latitude and longitude, or neither."),
    "website_unclear": _("“%(typed)s”: write the whole address, for example https://kzn.ru/."),
    "email_unclear": _("“%(typed)s” is not an e-mail address."),
    "phone_unclear": _(
        "“%(typed)s”: write the number with the code, for example +7 843 292-09-34."
    ),
    "date_unclear": _("“%(typed)s”: write 2004, 2004-05 or 2004-05-12."),
    "date_future": _("“%(typed)s” is still to come."),
    "geonames_unclear": _("“%(typed)s” is not a GeoNames number: those are digits only."),
    "slug_unclear": _("“%(typed)s”: an address holds small Latin letters, digits and hyphens."),
    "double": _("The same member as in row %(row)s."),
    "ambiguous": _(
        "Several members answer to this: %(candidates)s. Give the address or the GeoNames number "
        "of the one you mean."
    ),
    "namesake": _(
        "The portal keeps %(name)s with the GeoNames number %(kept)s. If this is another place of "
        "the same name, give it an address of its own."
    ),
    "elsewhere": _(
        "The portal keeps this name in another country: %(candidates)s. If this is another place, "
        "give it an address of its own or its GeoNames number."
    ),
}

# Good to know; the row is taken all the same.
NOTES = {
    "spelling_kept": _("Found by “%(typed)s”; the name stays “%(kept)s”."),
    "slug_kept": _("The address stays “%(kept)s”."),
    "membership_kept": _("Its membership is kept already; it stays as it is."),
    "namesakes": _("The portal keeps others of this name: %(candidates)s."),
    "similar": _(
        "Similar names are kept: %(candidates)s. If one of them is meant, correct the spelling."
    ),
    "old_figure": _("A later figure is kept: %(year)s."),
}

TEXTS = {**FILE, **CELL, **NOTES}


@dataclass(frozen=True)
class Remark:
    """One thing to say: of the column `field` (empty: of the row or the file as a whole)."""

    code: str
    field: str = ""
    params: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence, in the language of the moment."""
        return str(TEXTS[self.code]) % {key: _worded(key, of) for key, of in self.params.items()}

    @property
    def label(self) -> str:
        """The heading of the column it is about, in the language of the moment."""
        return label_of(self.field) if self.field else ""

    def as_json(self) -> list:
        return [self.code, self.field, self.params]


def _worded(key: str, value: Any) -> str:
    """Columns and kinds are kept by their key and named in the reader's language."""
    if key == "column":
        return label_of(value)
    if key == "columns":
        return ", ".join(gettext("“%(heading)s”") % {"heading": label_of(one)} for one in value)
    if key == "limit":
        return grouped(value)
    if key == "kinds":
        return ", ".join(str(Member.Kind(one).label) for one in value)
    return str(value)


class Refused(Exception):
    """The file as a whole cannot be judged; `remark` says why in one sentence."""

    def __init__(self, code: str, **params: Any):
        self.remark = Remark(code, "", params)
        super().__init__(code)


class BadCell(Exception):
    """A cell that says nothing usable; `remark` says why."""

    def __init__(self, code: str, **params: Any):
        self.code, self.params = code, params
        super().__init__(code)
