"""What a school sends: an archive, a table, later a single consent."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards import consents
from awards.models import Batch, Category, Round
from content.dated import today
from content.editing import OneTimeKeyMixin

TOO_LARGE = {
    "archive": _("The archive is larger than 500 MB. Send the drawings in several batches."),
    "table": _("The table is larger than 2 MB."),
    "scan": _("The file is larger than 20 MB. Send a smaller one."),
}


class UploadForm(OneTimeKeyMixin):
    """An upload: both files at the first time, later what has changed.

    `too_large`: names of the fields whose files were dropped for their size.
    """

    archive = forms.FileField(
        label=_("Archive with the drawings"), required=False,
        help_text=_("A ZIP file without a password, 500 MB at most. Each drawing is a JPEG, PNG "
                    "or WebP file of 20 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )  # fmt: skip
    table = forms.FileField(
        label=_("Table of the children"),
        required=False,
        help_text=_("The filled-in template: a workbook (XLSX) or CSV, a row for each child."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args, round: Round, batch: Batch | None = None, too_large=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = set(too_large)
        categories = Category.objects.filter(round=round)
        if batch is None and len(categories) > 1:
            self.fields["category"] = forms.ModelChoiceField(
                categories, label=_("Category"), required=False,
                empty_label=_("By the age of each child"),
            )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        for name in self.too_large & set(self.fields):
            self.add_error(name, TOO_LARGE[name])
        return cleaned


class ConsentForm(forms.Form):
    """The signed sheet of one child, sent after the batch."""

    given_on = forms.DateField(
        label=_("Signed on"), initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("Signed sheet"),
        help_text=_("PDF, JPEG or PNG, 20 MB at most. Two roles of the secretariat open it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    is_public = forms.BooleanField(
        label=_("The sheet also allows to show the first name, the age, the city and the work"),
        required=False,
    )

    def __init__(self, *args, too_large=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = set(too_large)

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > today():
            raise ValidationError(
                _("A consent cannot be given on a day that is still to come."), code="future"
            )
        return day

    def clean_scan(self):
        upload = self.cleaned_data["scan"]
        consents.judge_scan(upload)
        return upload

    def clean(self):
        cleaned = super().clean()
        if "scan" in self.too_large:
            self._errors.pop("scan", None)
            self.add_error("scan", TOO_LARGE["scan"])
        return cleaned
