"""The page of the map."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from content import dated
from members import members_map


class MapForm(forms.Form):
    """A year since the first members; empty means today."""

    year = forms.IntegerField(label=_("Year"), required=False)

    def __init__(self, data, first_year: int):
        super().__init__(data)
        self.first_year = first_year

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        last = dated.today().year
        if year is not None and not self.first_year <= year <= last:
            raise forms.ValidationError(
                _("Choose a year from %(first)d to %(last)d."),
                params={"first": self.first_year, "last": last},
            )
        return year


class MembersMap(TemplateView):
    """Members of today or of the end of a year: the map, the same as a table, the growth."""

    template_name = "members/members_map.html"

    def get_context_data(self, **kwargs):
        growth = members_map.members_by_year()
        form = MapForm(self.request.GET, min(growth, default=dated.today().year))
        year = form.cleaned_data["year"] if form.is_valid() else None
        year = None if year == dated.today().year else year
        day = members_map.last_day_shown(year) if year else dated.today()
        rows = members_map.rows_of(day)
        part = self.request.GET.get("part", "")
        part = part if part in members_map.PARTS else ""
        return super().get_context_data(
            day=day, year=year, form=form, rows=rows, part=part,
            part_name=members_map.PARTS[part][0] if part else "",
            apart=[row for row in rows if not row.is_on_the_map],
            totals=members_map.totals(rows), drawn=members_map.drawn(rows, part),
            legend=members_map.legend(), parts=_parts(year, part),
            growth=[(one, count, _address(one, part), one == (year or dated.today().year))
                    for one, count in growth.items()],
            **kwargs,
        )  # fmt: skip


def _address(year: int | None, part: str) -> str:
    this_year = dated.today().year
    chosen = {"year": year if year != this_year else "", "part": part}
    return "?" + urlencode({name: value for name, value in chosen.items() if value})


def _parts(year: int | None, chosen: str) -> list[tuple[str, object, bool]]:
    """Address and name of the whole map and of every part, and which one is shown."""
    everything = [("", _("The whole region"))]
    named = [(part, name) for part, (name, *_middle) in members_map.PARTS.items()]
    return [(_address(year, part), name, part == chosen) for part, name in everything + named]
