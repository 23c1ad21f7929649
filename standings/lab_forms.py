"""The form of the weights lab: every weight and every rule, to be tried and not saved."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.editing import OneTimeKeyMixin
from content.languages import in_language
from questionnaires.numbers import NotANumber, in_field, read
from ratings.models import Indicator, IndicatorGroup, Method
from standings.computing import Rows
from standings.models import Run

HEAVIEST = Decimal("99999.9999")
RULE_FIELDS = [
    "is_denominated", "least_answered", "missing", "least_of_group", "all_groups_needed",
    "outliers", "outliers_most", "skewness_bound", "kurtosis_bound", "normalisation", "scale_low",
    "scale_high", "constant", "within_groups", "across_groups", "equal_weights",
]  # fmt: skip


class TypedNumber(forms.DecimalField):
    """A number as people type it: "1,5", "1 234"; what cannot be read stays as it was typed."""

    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str):
            try:
                return _short(read(value).value)
            except NotANumber as refused:
                raise ValidationError(str(refused)) from None
        return super().to_python(value)

    def prepare_value(self, value):
        return in_field(value) if isinstance(value, Decimal) else value


class WeightField(TypedNumber):
    """A weight: 0 or more, four decimals at most."""

    default_error_messages = {"required": gettext_lazy("Give a weight; 0 where it does not count.")}

    def __init__(self, **options):
        super().__init__(max_digits=9, decimal_places=4, **options)

    def validate(self, value):
        super().validate(value)
        if value < 0:
            raise ValidationError(_("A weight is 0 or more."))
        if value > HEAVIEST:
            raise ValidationError(_("A weight is at most 99,999. Only proportions count."))


class RulesForm(forms.ModelForm):
    """The method of an edition, changed on a copy that nobody saves."""

    class Meta:
        model = Method
        fields = RULE_FIELDS
        field_classes = dict.fromkeys(
            ["least_answered", "least_of_group", "skewness_bound", "kurtosis_bound", "scale_low",
             "scale_high"],
            TypedNumber,
        )  # fmt: skip

    def save(self, commit=True):
        """Never: the lab shows what would be."""
        raise NotImplementedError


class WeightsForm(forms.Form):
    """A field for every group and every question that could count, named `w-` and its code."""

    def __init__(self, rows: Rows, data=None):
        self.rows = rows
        self.used = _with_questions(rows)
        super().__init__(data)
        for one in [*self.used, *rows.indicators]:
            label = f"{one.code} {in_language(one, _words_of(one))[0]}"
            self.fields[f"w-{one.code}"] = WeightField(label=label, initial=one.weight)

    def weights(self) -> dict[str, Decimal]:
        """What was typed, by code. Only of a valid form."""
        return {name.removeprefix("w-"): value for name, value in self.cleaned_data.items()}

    def sections(self) -> list[dict[str, Any]]:
        """Each group with its own field and those of its questions, as the page shows them."""
        return [
            {
                "title": in_language(group, "title")[0], "code": group.code,
                "own": self[f"w-{group.code}"],
                "fields": [
                    self[f"w-{one.code}"] for one in self.rows.indicators
                    if one.group_id == group.pk
                ],
            }
            for group in self.used
        ]  # fmt: skip

    def clean(self):
        """All weights of 0 in a group that counts are said beside the group."""
        for group in [None, *self.used]:
            self._need_some(group)
        return self.cleaned_data

    def _need_some(self, group: IndicatorGroup | None) -> None:
        below = list(_below(self.rows, self.used, group))
        given = [self.cleaned_data.get(f"w-{one.code}") for one in below]
        if not below or any(weight is None or weight > 0 for weight in given):
            return
        if group is None:
            self.add_error(f"w-{below[0].code}", _("All directions weigh 0: nothing would count."))
        elif self.cleaned_data.get(f"w-{group.code}"):
            self.add_error(
                f"w-{group.code}",
                _("Everything in this direction weighs 0. Give a part of it a weight, or the "
                  "direction itself 0."),
            )  # fmt: skip


class KeepForm(OneTimeKeyMixin, forms.ModelForm):
    """Keep what was tried as a trial run."""

    class Meta:
        model = Run
        fields = ["title"]


class RunsForm(forms.Form):
    """Which two results to compare; an empty choice is the results of now."""

    first = forms.ModelChoiceField(
        Run.objects.none(), required=False, label=gettext_lazy("First"),
        empty_label=gettext_lazy("Results as they are now"),
    )  # fmt: skip
    second = forms.ModelChoiceField(
        Run.objects.none(), required=False, label=gettext_lazy("Second"),
        empty_label=gettext_lazy("Results as they are now"),
    )  # fmt: skip

    def __init__(self, edition, data=None):
        super().__init__(data)
        for field in self.fields.values():
            field.queryset = Run.objects.filter(edition=edition)


def filled(form_class, data, **options) -> dict[str, Any]:
    """What was typed; where the address leaves a field out, its own value."""
    plain = form_class(**options)
    start = {
        name: plain[name].value() for name, field in plain.fields.items()
        if not isinstance(field, forms.BooleanField)
    }  # fmt: skip
    return {**start, **data.dict()}


def _short(value: Decimal | None) -> Decimal | None:
    """Without zeros behind the decimal mark, which would count as decimal places."""
    if value is None or value == value.to_integral_value():
        return value if value is None else value.quantize(Decimal(1))
    return value.normalize()


def _with_questions(rows: Rows) -> list[IndicatorGroup]:
    """Groups that hold a question that could count, themselves or below."""
    needed: set[int] = set()
    for one in rows.indicators:
        above: int | None = one.group_id
        while above is not None and above not in needed:
            needed.add(above)
            above = rows.groups[above].parent_id
    return [one for pk, one in rows.groups.items() if pk in needed]


def _below(
    rows: Rows, used: list[IndicatorGroup], group: IndicatorGroup | None
) -> Iterator[IndicatorGroup | Indicator]:
    own = group.pk if group is not None else None
    yield from (one for one in used if one.parent_id == own)
    yield from (one for one in rows.indicators if one.group_id == own)


def _words_of(one: IndicatorGroup | Indicator) -> str:
    return "title" if isinstance(one, IndicatorGroup) else "question"
