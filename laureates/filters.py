"""What readers narrow the list of laureates by: year, award, city, country, words."""

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from content import cacheversion
from content.languages import in_language
from laureates.models import Laureate
from members.models import Country, Member

UNKNOWN_YEAR = "unknown"


class LaureateFilterForm(forms.Form):
    """All from the address; what is unknown is refused beside its field."""

    q = forms.CharField(label=_("City, name or work"), required=False, max_length=80)
    award = forms.ChoiceField(label=_("Award"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    member = forms.ChoiceField(label=_("City"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = awards
        self.fields["year"].choices = years
        self.fields["country"].choices = countries
        self.fields["member"].choices = cities

    @property
    def selects(self):
        """The fields that are chosen from a list."""
        return [self[name] for name in ("award", "year", "country", "member")]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrowed(self, laureates):
        """The laureates that match; all of them when the address says nothing valid."""
        if not self.is_valid():
            return laureates
        chosen = self.cleaned_data
        if chosen["award"]:
            laureates = laureates.filter(award__slug=chosen["award"])
        if year := chosen["year"]:
            laureates = laureates.filter(year=None if year == UNKNOWN_YEAR else int(year))
        if chosen["country"]:
            laureates = laureates.filter(member__country__code=chosen["country"])
        if chosen["member"]:
            laureates = laureates.filter(member__slug=chosen["member"])
        for word in chosen["q"].split():
            laureates = laureates.filter(_says(word))
        return laureates


def _says(word: str) -> Q:
    fields = ("title", "work_title", "citation", "category_text", "honour_text")
    found = Q(member__name_search__icontains=word)
    for field in fields:
        for code in ("ru", "en"):
            found |= Q(**{f"{field}_{code}__icontains": word})
    return found


def _choices(name: str, every, make) -> list[tuple]:
    language = (get_language() or "ru")[:2]
    return [("", every), *cacheversion.remembered(f"laureates-{name}-{language}", make)]


def _used(field: str) -> list:
    return list(Laureate.objects.public().order_by().values_list(field, flat=True).distinct())


def _by_name(records, value: str, field: str) -> list[tuple]:
    named = [(getattr(one, value), in_language(one, field)[0]) for one in records]
    return sorted(named, key=lambda row: row[1])


def awards() -> list[tuple]:
    """Awards that have laureates, as choices."""

    def make():
        return _by_name(Award.objects.filter(pk__in=_used("award")), "slug", "title")

    return _choices("awards", _("All awards"), make)


def years() -> list[tuple]:
    """Years that have laureates, the latest first, those without a year last."""

    def make():
        found = _used("year")
        known = sorted((year for year in found if year), reverse=True)
        return [(str(year), str(year)) for year in known] + (
            [(UNKNOWN_YEAR, str(_("year not stated")))] if None in found else []
        )

    return _choices("years", _("All years"), make)


def countries() -> list[tuple]:
    """Countries whose cities were honoured, as choices."""

    def make():
        return _by_name(Country.objects.filter(pk__in=_used("member__country")), "code", "name")

    return _choices("countries", _("All countries"), make)


def cities() -> list[tuple]:
    """Cities that were honoured, as choices."""

    def make():
        return _by_name(Member.objects.filter(pk__in=_used("member")), "slug", "name")

    return _choices("cities", _("All cities"), make)
