"""`?as_of=` in the address of a page: how things stood on a day of the past."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from content import dated


class AsOfForm(forms.Form):
    """A day, a month or a year (then its last day); empty means today.

    `day` is None where today is meant, and where what was asked for is refused.
    """

    as_of = forms.CharField(
        label=_("As of"), required=False, max_length=10, widget=forms.DateInput({"type": "date"})
    )

    def clean_as_of(self) -> datetime.date | None:
        text = self.cleaned_data["as_of"].strip()
        if not text:
            return None
        try:
            day = dated.last_day(*dated.parse_partial(text))
        except ValueError:
            message = _("Write a day as 2015-06-30, a month as 2015-06 or a year as 2015.")
            raise forms.ValidationError(message) from None
        if dated.parse_partial(text)[0] > dated.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day if day < dated.today() else None

    @property
    def day(self) -> datetime.date | None:
        return self.cleaned_data.get("as_of") if self.is_valid() else None
