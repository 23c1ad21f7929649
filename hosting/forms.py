"""What cities write in a bid, and what staff write when they score and decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content import privatefiles
from content.editing import OneTimeKeyMixin
from hosting import judging
from hosting.bidding import Offer
from hosting.models import Bid, BidScore, Criterion, HostCall
from meetings.models import Decision


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, of all known `endings` or of some; each judged by itself, nothing is
    kept yet."""

    widget = FilesInput

    def __init__(self, *args, endings: tuple[str, ...] | None = None, **kwargs):
        self.endings = endings
        super().__init__(*args, **kwargs)

    def clean(self, data, initial=None):
        uploads = [super(FilesField, self).clean(one, initial) for one in data or []]
        for upload in uploads:
            privatefiles.refuse(upload, endings=self.endings)
        return uploads


class BidForm(OneTimeKeyMixin):
    """A bid: an answer to each criterion of the call."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    dates = forms.CharField(
        label=_("Proposed dates"), max_length=200, help_text=_("One or several spans.")
    )
    summary = forms.CharField(
        label=_("Why our city"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    use_required_attribute = False

    def __init__(self, call: HostCall, bid: Bid | None, data=None, files=None):
        self.call, self.bid = call, bid
        self.criteria = list(call.criteria.all())
        super().__init__(data, files, initial=self._stored())
        for criterion in self.criteria:
            self.fields[self._name(criterion)] = forms.CharField(
                label=criterion.name, help_text=criterion.hint, max_length=3000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip
        self.fields["uploads"] = FilesField(
            label=_("Files"), required=False,
            help_text=_("Letters of support, plans, prices: PDF, DOCX, XLSX or pictures."),
        )  # fmt: skip
        if kept := list(bid.files.all()) if bid else []:
            self.fields["dropped"] = forms.MultipleChoiceField(
                label=_("Take out these files"), required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(one.pk), one.name) for one in kept],
            )  # fmt: skip

    def _stored(self) -> dict[str, Any]:
        if self.bid is None:
            return {"version": 0}
        answers = {f"criterion_{one.criterion_id}": one.text for one in self.bid.answers.all()}
        own = {name: getattr(self.bid, name) for name in ("version", "dates", "summary")}
        return {**own, **answers}

    @staticmethod
    def _name(criterion: Criterion) -> str:
        return f"criterion_{criterion.pk}"

    def answer_fields(self) -> list:
        """The fields of the criteria, for the template."""
        return [self[self._name(criterion)] for criterion in self.criteria]

    def offer(self) -> Offer:
        """What was written, once the form was found right."""
        cleaned = self.cleaned_data
        return Offer(
            dates=cleaned["dates"],
            summary=cleaned["summary"],
            answers={one: cleaned[self._name(one)] for one in self.criteria},
            uploads=cleaned["uploads"],
            dropped=[int(pk) for pk in cleaned.get("dropped", [])],
        )


class ScoreForm(forms.Form):
    """The points of one judge for one bid."""

    use_required_attribute = False

    def __init__(self, bid: Bid, judge: Any, data=None):
        self.bid = bid
        self.criteria = list(bid.call.criteria.all())
        given = BidScore.objects.filter(bid=bid, judge=judge)
        stored = {f"points_{one.criterion_id}": one.points for one in given}
        super().__init__(data, initial=stored)
        for one in self.criteria:
            self.fields[f"points_{one.pk}"] = forms.IntegerField(
                label=one.name, min_value=0, max_value=judging.MOST_POINTS,
                help_text=_("Weight: %(weight)d") % {"weight": one.weight},
            )  # fmt: skip

    def points(self) -> dict[Criterion, int]:
        return {one: self.cleaned_data[f"points_{one.pk}"] for one in self.criteria}


class DecisionForm(forms.Form):
    """Which city, and by which decision."""

    bid = forms.ModelChoiceField(
        Bid.objects.none(), label=_("Chosen city"), required=False,
        empty_label=_("No city was chosen"),
    )  # fmt: skip
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("Decision of a meeting"), required=False
    )
    outcome_ru = forms.CharField(
        label=_("Outcome in words, in Russian"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    outcome_en = forms.CharField(
        label=_("Outcome in words, in English"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, call: HostCall, data=None):
        super().__init__(data)
        self.fields["bid"].queryset = call.bids.standing().select_related("member", "call")
        self.fields["bid"].label_from_instance = lambda bid: str(bid.member)
        recent = Decision.objects.select_related("meeting").order_by(
            "-meeting__starts_at", "number"
        )
        self.fields["decision"].queryset = recent
        self.fields["decision"].label_from_instance = lambda one: f"{one.meeting}: {one}"[:150]
