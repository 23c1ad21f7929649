"""What is typed while checking: a decision on one answer, and a city's reply to a question."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import privatefiles
from questionnaires import numbers
from questionnaires.answering import Given
from questionnaires.refusals import Refused
from ratings.models import Indicator

Kind = Indicator.Kind
YES_NO = [("yes", pgettext_lazy("answer", "yes")), ("no", pgettext_lazy("answer", "no"))]


def choices_of(indicator: Indicator) -> list[tuple[str, str]]:
    """What can be chosen as an answer; nothing where it is typed."""
    if indicator.kind == Kind.YES_NO:
        return YES_NO
    if indicator.kind == Kind.SCALE:
        return [(str(step.pk), str(step)) for step in indicator.scale.steps.all()]
    return []


def corrected_value(indicator: Indicator, text: str) -> numbers.Reading:
    """The number that an expert gives; Refused says why it is none."""
    if indicator.kind == Kind.YES_NO and text in ("yes", "no"):
        return numbers.Reading(Decimal(text == "yes"))
    if indicator.kind == Kind.SCALE:
        steps = {str(step.pk): step.value for step in indicator.scale.steps.all()}
        if text in steps:
            return numbers.Reading(steps[text])
    elif indicator.kind != Kind.YES_NO and text.strip():
        return numbers.fitting(text, indicator)
    raise Refused(_("Give the value that counts, or choose that the answer does not count."))


class ReplyForm(forms.Form):
    """A city's reply to one question; another answer and a proof if it likes."""

    text = forms.CharField(
        label=_("Reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    value = forms.CharField(label=_("Another answer"), required=False, max_length=5000)
    is_unknown = forms.BooleanField(label=_("We have no such figure"), required=False)
    file = forms.FileField(
        label=_("Proof: a file"), required=False,
        help_text=_("PDF, DOCX, XLSX or a picture, up to 20 MB."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Proof: a link"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, indicator: Indicator, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        field = self.fields["value"]
        field.help_text = _("Leave it empty if the answer stays as it is.")
        if choices := choices_of(indicator):
            self.fields["value"] = forms.ChoiceField(
                label=field.label, required=False, choices=[("", _("stays as it is")), *choices]
            )
        elif indicator.kind == Kind.TEXT:
            field.widget = forms.Textarea(attrs={"rows": 3})

    def clean_file(self):
        if upload := self.cleaned_data.get("file"):
            privatefiles.refuse(upload)
        return upload

    def clean_value(self):
        value = self.cleaned_data["value"].strip()
        if value and self.indicator.kind not in (Kind.TEXT, Kind.YES_NO, Kind.SCALE):
            try:
                numbers.fitting(value, self.indicator)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return value

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("value") and cleaned.get("is_unknown"):
            self.add_error(
                "is_unknown", _("Either an answer or “no such figure”: take one of them out.")
            )
        return cleaned

    @property
    def given(self) -> Given | None:
        """The other answer; None where it stays."""
        value, is_unknown = self.cleaned_data["value"], self.cleaned_data["is_unknown"]
        return Given(value, is_unknown) if value or is_unknown else None
