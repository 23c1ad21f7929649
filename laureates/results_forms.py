"""What staff choose and type on the desk of results."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext_lazy as _

from laureates.correcting import CORRECTABLE
from laureates.drafting import Choice
from laureates.models import Laureate, Results
from meetings.models import Decision

Honour = Laureate.Honour


class ResultsForm(forms.ModelForm):
    """From when the results are public, by whose decision, with what introduction."""

    class Meta:
        model = Results
        fields = ["published_at", "decision", "introduction_ru", "introduction_en"]
        field_classes = {"published_at": forms.SplitDateTimeField}
        widgets = {"published_at": AdminSplitDateTime}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "decision" in self.fields:
            field = self.fields["decision"]
            field.queryset = Decision.objects.select_related("meeting").order_by(
                "-meeting", "number"
            )
            field.label_from_instance = lambda one: f"{one.meeting}: {one}"


class ChoiceForm(forms.Form):
    """The honour of one work: none, or a place and the like."""

    honour = forms.ChoiceField(
        label=_("honour"), required=False, choices=[("", "—"), *Honour.choices]
    )
    place = forms.IntegerField(label=_("place"), required=False, min_value=1, max_value=1000)

    def __init__(self, *args, result, **kwargs):
        self.result = result
        super().__init__(
            *args, prefix=f"work{result.entry_id}", initial={"place": result.place}, **kwargs
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("honour") == Honour.PLACE and not cleaned.get("place"):
            self.add_error("place", _("Give the place."))
        return cleaned

    def choice(self) -> Choice | None:
        """The work with its honour; None where it gets none."""
        typed = self.cleaned_data
        if not typed["honour"]:
            return None
        place = typed["place"] if typed["honour"] == Honour.PLACE else None
        return Choice(self.result.entry, typed["honour"], place)


class CorrectionForm(forms.ModelForm):
    """A correction of what was released: the new values, and what was wrong in both languages."""

    erratum_ru = forms.CharField(
        label=_("what was corrected, in Russian"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    erratum_en = forms.CharField(
        label=_("what was corrected, in English"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    class Meta:
        model = Laureate
        fields = [
            "title_ru", "title_en", "honour", "place", "category", "honour_text_ru",
            "honour_text_en", "citation_ru", "citation_en", "work_title_ru", "work_title_en",
            "jury_words_ru", "jury_words_en", "prize_amount", "prize_currency",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = self.instance.round.categories.all()

    def changes(self) -> dict:
        """field -> new value, for `correcting.correct`."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in CORRECTABLE}
