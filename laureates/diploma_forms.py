"""Forms of the secretariat about diplomas."""

from django import forms
from django.utils.translation import gettext_lazy as _

from content.editing import OneTimeKeyMixin
from laureates.models import Diploma


class MakeForm(forms.Form):
    """Which diplomas of a round to make."""

    sorts = forms.MultipleChoiceField(
        label=_("For whom"), choices=Diploma.To, widget=forms.CheckboxSelectMultiple
    )


class RunForm(OneTimeKeyMixin):
    """A new run: the diplomas of a round that were not issued yet."""

    title = forms.CharField(label=_("Title"), max_length=200)
    sorts = forms.MultipleChoiceField(
        label=_("For whom"), choices=Diploma.To, widget=forms.CheckboxSelectMultiple
    )


class WorkbookForm(forms.Form):
    """Rewritten wordings."""

    workbook = forms.FileField(label=_("Workbook (XLSX)"))
