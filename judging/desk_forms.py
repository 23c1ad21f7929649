"""What the coordinator types on the desk of a stage."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from content.editing import OneTimeKeyMixin
from content.timezones import association_zone
from judging import works
from judging.models import Juror, Stage

PART = re.compile(r"(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?")
MOST_IN_A_SPAN = 5000


class ReminderForm(OneTimeKeyMixin):
    """A reminder carries a key: the second click writes no second letter."""


class EndForm(forms.Form):
    """Another end of the votes."""

    closes_at = forms.SplitDateTimeField(
        label=_("votes until"), help_text=_("By the association's clock."),
        widget=forms.SplitDateTimeWidget(date_attrs={"type": "date"}, time_attrs={"type": "time"}),
    )  # fmt: skip

    def __init__(self, stage: Stage, data=None):
        local = stage.closes_at.astimezone(association_zone())
        initial = {"closes_at": [local.date().isoformat(), f"{local:%H:%M}"]}
        super().__init__(data, initial=initial)


class HandForm(forms.Form):
    """Works by their numbers, and the jurors who get them."""

    numbers = forms.CharField(
        label=_("Numbers of the works"), help_text=_("For example: 1-20, 35, 40.")
    )
    jurors = forms.ModelMultipleChoiceField(
        Juror.objects.none(), label=_("jurors"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, stage: Stage, data=None):
        super().__init__(data)
        self.stage = stage
        self.fields["jurors"].queryset = Juror.objects.active().filter(
            round=stage.round_id
        ).select_related("user")  # fmt: skip

    def clean_numbers(self):
        """The works behind the numbers; a number that is not judged here is named."""
        wanted = numbers_in(self.cleaned_data["numbers"])
        found = {one.number: one for one in works.of(self.stage)}
        if missing := [number for number in wanted if number not in found]:
            told = ", ".join(f"{number:04d}" for number in missing[:10])
            raise forms.ValidationError(
                _("This stage judges no works with these numbers: %(numbers)s."),
                params={"numbers": told},
            )
        return [found[number] for number in wanted]


def numbers_in(text: str) -> list[int]:
    """ "1-3, 7" as [1, 2, 3, 7]. Raises ValidationError for anything else."""
    found = dict[int, None]()
    for part in filter(None, re.split(r"[,;\s]+(?![-–—])", re.sub(r"\s*([-–—])\s*", r"\1", text))):
        match = PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last <= first + MOST_IN_A_SPAN:
            raise forms.ValidationError(
                _("“%(part)s” is no number and no span such as 1-20."), params={"part": part}
            )
        found |= dict.fromkeys(range(first, last + 1))
    return list(found)


class TieForm(forms.Form):
    """The places within one tie, and how they came about."""

    reason = forms.CharField(
        label=_("How it was decided"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Words of the chair, or the course of the lot: the protocol prints them."),
    )  # fmt: skip

    def __init__(self, group, data=None):
        super().__init__(data)
        self.group = group
        for row in group:
            self.fields[f"place_{row.entry_id}"] = forms.IntegerField(
                label=f"{row.entry.code}: {row.entry.title_in('ru')}",
                min_value=1, max_value=len(group),
                help_text=_("Place within the tie; equal numbers share it."),
            )  # fmt: skip
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def places(self) -> dict[int, int]:
        """The place within the tie by the key of the entry."""
        return {row.entry_id: self.cleaned_data[f"place_{row.entry_id}"] for row in self.group}
