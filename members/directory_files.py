"""The directory as a file for a spreadsheet, and the anniversaries of membership."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from content import dated, tables
from content.dates import partial_text
from content.languages import reading_order
from content.sortkeys import sort_key
from members import anniversaries, directory
from members.as_of import AsOfForm
from members.directory import Choices
from members.forms import DirectoryForm
from members.models import Member, MembershipPeriod, StatusChange

COLUMNS = [
    "slug", "kind", "country__name_ru", "country__name_en", "dated_name_ru", "dated_name_en",
    "population", "population_year", "began_on", "precision", "status", "website",
]  # fmt: skip


def headings() -> list[str]:
    """The head of the file in the reader's language."""
    return [
        pgettext("member name", "Name in Russian"),
        pgettext("member name", "Name in English"), _("Country"), _("Kind"), _("Population"),
        _("Year of the figure"), _("Member since"), _("Status"), _("Website"), _("Page"),
    ]  # fmt: skip


def rows(
    chosen: Mapping, choices: Choices, day: datetime.date | None = None
) -> Iterator[list[Any]]:
    """The filtered list as cells, by alphabet; one query whatever its length."""
    code = reading_order()[0]
    narrowed = directory.narrowed(chosen, choices, day=day)
    own = MembershipPeriod.objects.filter(
        member=OuterRef("pk"), starts_on__lte=day or dated.today()
    ).order_by("-starts_on")
    found = (
        narrowed.with_name_on(day or dated.today())
        .with_population(day)
        .with_status(day)
        .annotate(
            began_on=Subquery(own.values("starts_on")[:1]),
            precision=Subquery(own.values("starts_precision")[:1]),
        )
        .order_by()
        .values(*COLUMNS)
    )
    named = [(row, _text(row, "dated_name", code)) for row in found]
    if day and chosen.get("letter"):
        named = [one for one in named if one[1].upper().startswith(chosen["letter"].upper())]
    for row, _name in sorted(named, key=lambda one: sort_key(one[1])):
        yield _cells(row, code)


def _cells(row: dict, code: str) -> list[Any]:
    address = reverse("members:detail", args=[row["slug"]])
    status = StatusChange.Status(row["status"]).label if row["status"] else ""
    return [
        row["dated_name_ru"] or "", row["dated_name_en"] or "", _text(row, "country__name", code),
        capfirst(str(Member.Kind(row["kind"]).label)), row["population"], row["population_year"],
        partial_text(row["began_on"], row["precision"]) if row["began_on"] else "",
        str(status), row["website"], f"{settings.SITE_URL}{address}",
    ]  # fmt: skip


def _text(row: dict, field: str, code: str) -> str:
    return next((row[f"{field}_{one}"] for one in reading_order(code) if row[f"{field}_{one}"]), "")


def export(request: HttpRequest, ending: str) -> HttpResponse:
    """The filtered list as CSV or XLSX; filters and `as_of` are those of the directory."""
    if ending not in ("csv", "xlsx"):
        raise Http404
    day = AsOfForm(request.GET).day
    choices = directory.choices_of(day)
    form = DirectoryForm(request.GET, choices)
    form.is_valid()
    cells = rows(form.chosen, choices, day)
    name = f"members-{(day or dated.today()).isoformat()}"
    if ending == "csv":
        return tables.csv_response(name, headings(), cells)
    return tables.xlsx_response(name, _("Members"), headings(), cells)


class Anniversaries(TemplateView):
    """The round anniversaries of membership in this year."""

    template_name = "members/anniversaries.html"

    def get_context_data(self, **kwargs):
        found = anniversaries.of_year()
        groups = [(years, list(group)) for years, group in groupby(found, lambda one: one.years)]
        return super().get_context_data(groups=groups, year=dated.today().year, **kwargs)
