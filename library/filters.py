"""What readers narrow the library by, all of it from the address."""

from collections.abc import Callable
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content import cacheversion
from content.language_filter import OneLanguageMixin
from content.languages import in_language
from content.models import Topic
from governance.models import Body
from library.models import Publication, Series
from members.models import Country

Choices = list[tuple[str, str]]


class LibraryFilterForm(OneLanguageMixin, forms.Form):
    """Narrows the list by what is in use; what is unknown is refused beside its field."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    body = forms.ChoiceField(label=_("Issued or adopted by"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    series = forms.ChoiceField(label=pgettext_lazy("of publications", "Series"), required=False)

    # Parameter -> the column it narrows.
    COLUMNS = {
        "kind": "kind", "year": "dated_on__year", "body": "issued_by__slug",
        "topic": "topics__slug", "country": "country__code", "series": "series__slug",
    }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, offered in OFFERS.items():
            self.fields[name].choices = offered

    def narrowed(self, publications: QuerySet[Publication]) -> QuerySet[Publication]:
        """The publications that match; all of them when the address says something unknown."""
        if not self.is_valid():
            return publications
        chosen = {
            column: value
            for name, column in self.COLUMNS.items()
            if (value := self.cleaned_data[name])
        }
        return self.in_one_language(publications.filter(**chosen))

    def shown(self) -> list[forms.BoundField]:
        """The lists that offer a choice: kind and year always, others where there is any."""
        always = ("kind", "year", "lang")
        return [
            self[name]
            for name in self.fields
            if name in always or len(list(self.fields[name].choices)) > 1 or self[name].data
        ]

    def query(self) -> str:
        """The chosen filters as a query for feeds and files: "kind=report&year=2025", or ""."""
        if not self.is_valid():
            return ""
        return urlencode({name: value for name, value in self.cleaned_data.items() if value})


def _remembered(name: str, make: Callable[[], Choices]) -> Choices:
    language = (get_language() or "ru")[:2]
    return cacheversion.remembered(f"library-{name}-{language}", make)


def kinds() -> Choices:
    """The kinds that are in the library, in their usual order."""

    def used() -> list[str]:
        return list(Publication.objects.published().order_by().values_list("kind").distinct())

    found = {row[0] for row in cacheversion.remembered("library-kinds", used)}
    named = [(kind.value, capfirst(kind.label)) for kind in Publication.Kind if kind in found]
    return [("", _("Every kind")), *named]


def years() -> Choices:
    """The years that publications are dated, newest first."""

    def used() -> list[int]:
        dated = Publication.objects.published().order_by().annotate(year=ExtractYear("dated_on"))
        return sorted(dated.values_list("year", flat=True).distinct(), reverse=True)

    found = cacheversion.remembered("library-years", used)
    return [("", _("All years")), *((str(year), str(year)) for year in found)]


def bodies() -> Choices:
    """The bodies that issued or adopted something, by name."""
    rows = Body.objects.filter(publications__in=Publication.objects.published())
    return [("", _("Any body")), *_named("bodies", rows, "slug", "name")]


def topics() -> Choices:
    """The topics and goals in use: topics by name, then goals by number."""
    rows = Topic.objects.filter(publications__in=Publication.objects.published())
    return [("", _("Any topic")), *_named("topics", rows, "slug", "title")]


def countries() -> Choices:
    """The countries that publications are about, by name."""
    used = Publication.objects.published().exclude(country=None).order_by()
    rows = Country.objects.filter(pk__in=used.values("country"))
    return [("", _("All countries")), *_named("countries", rows, "code", "name")]


def all_series() -> Choices:
    """The series that something public belongs to, in their order."""
    rows = Series.objects.filter(publications__in=Publication.objects.published())
    return [("", _("Any series")), *_named("series", rows, "slug", "title", by_name=False)]


def _named(name: str, rows: QuerySet, code: str, title: str, *, by_name: bool = True) -> Choices:
    """Codes and names of rows in the reader's language, remembered until something changes."""

    def made() -> Choices:
        found = [
            (getattr(row, "number", None) or 0, getattr(row, code), in_language(row, title)[0])
            for row in rows.distinct()
        ]
        if by_name:
            found.sort(key=lambda row: (row[0], row[2]))
        return [(value, label) for _number, value, label in found]

    return _remembered(name, made)


OFFERS: dict[str, Callable[[], Choices]] = {
    "kind": kinds, "year": years, "body": bodies, "topic": topics, "country": countries,
    "series": all_series,
}  # fmt: skip
