"""Forms of staff about who takes part: a guest, inhabitants, a zone, a reason."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from content.dated import today
from content.editing import OneTimeKeyMixin
from members.models import Country, Member
from questionnaires import numbers
from questionnaires.models import Response
from questionnaires.taking_part import Inhabitants
from ratings.models import Edition, Zone

MOST = 100_000_000
ZONE = pgettext_lazy("of a rating", "zone")


class GuestForm(OneTimeKeyMixin):
    """A guest: a record that is no member, or a name and a country."""

    member = forms.ModelChoiceField(
        Member.objects.all(), required=False, label=gettext_lazy("city on record"),
        help_text=gettext_lazy("A record that is no member. Otherwise give name and country."),
    )  # fmt: skip
    name_ru = forms.CharField(
        max_length=200, required=False, label=gettext_lazy("name in Russian")
    )  # fmt: skip
    name_en = forms.CharField(
        max_length=200, required=False, label=gettext_lazy("name in English")
    )  # fmt: skip
    country = forms.ModelChoiceField(
        Country.objects.all(), required=False, label=gettext_lazy("country")
    )
    zone = forms.ModelChoiceField(Zone.objects.none(), required=False, label=ZONE)

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        field = Response._meta.get_field("member")
        self.fields["member"].widget = AutocompleteSelect(field, admin.site)
        self.fields["member"].widget.choices = self.fields["member"].choices
        self.fields["zone"].queryset = edition.zones.filter(is_guest=True)

    def given(self) -> dict[str, Any]:
        """What `participating.add_guest` takes."""
        names = ("member", "name_ru", "name_en", "country", "zone")
        return {name: self.cleaned_data[name] for name in names}


class InhabitantsForm(forms.Form):
    """How many live there, as people type numbers, of which year and by which source."""

    population = forms.CharField(max_length=60, label=gettext_lazy("inhabitants"))
    population_year = forms.IntegerField(
        min_value=1950, required=False, label=gettext_lazy("as of the year")
    )
    population_source = forms.CharField(
        max_length=200, required=False, label=gettext_lazy("source of the number of inhabitants")
    )

    def __init__(self, *args, response: Response, **kwargs):
        number = response.population
        kwargs["initial"] = {
            "population": "" if number is None else numbers.shown(number),
            "population_year": response.population_year or response.edition.population_year,
            "population_source": response.population_source,
        }
        super().__init__(*args, **kwargs)

    def clean_population(self) -> int:
        """A whole number from 1 to 100 million; a sentence for everything else."""
        try:
            value = numbers.read(self.cleaned_data["population"]).value
        except numbers.NotANumber as refused:
            raise forms.ValidationError(str(refused)) from None
        if value is None or value != value.to_integral_value() or not 1 <= value <= MOST:
            raise forms.ValidationError(
                _("A population is a number from 1 to 100,000,000. Check the zeros.")
            )
        return int(value)

    def clean_population_year(self) -> int | None:
        year = self.cleaned_data["population_year"]
        if year is not None and year > today().year:
            raise forms.ValidationError(_("This year is still to come."))
        return year

    def known(self) -> Inhabitants:
        return Inhabitants(**self.cleaned_data)


class ZoneForm(forms.Form):
    """Where a city comes from."""

    zone = forms.ModelChoiceField(Zone.objects.none(), required=False, label=ZONE)

    def __init__(self, *args, response: Response, **kwargs):
        super().__init__(*args, initial={"zone": response.zone_id}, **kwargs)
        zones = response.edition.zones.filter(is_guest=response.is_guest)
        self.fields["zone"].queryset = zones


class ReasonForm(forms.Form):
    """Why a city is left out."""

    reason = forms.CharField(
        max_length=500, label=gettext_lazy("why it is left out"), widget=forms.Textarea,
        help_text=gettext_lazy("The city reads it in its cabinet."),
    )  # fmt: skip

    def __init__(self, *args, response: Response, **kwargs):
        super().__init__(*args, **kwargs)


class SureForm(forms.Form):
    """Nothing to fill in: a button."""

    def __init__(self, *args, response: Response, **kwargs):
        super().__init__(*args, **kwargs)
