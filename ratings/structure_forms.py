"""Forms of what is asked: groups, indicators, scales; choices are of the same edition alone."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin_fields import BesideFieldsMixin
from ratings import offering, staying
from ratings.edition_forms import either_language, refuse
from ratings.models import Edition, Indicator, IndicatorGroup, ScaleStep

TAKEN = {
    Indicator: Indicator._meta.constraints[1].violation_error_message,
    IndicatorGroup: IndicatorGroup._meta.constraints[1].violation_error_message,
}


TEXT_UNSCORED = next(
    one.violation_error_message
    for one in Indicator._meta.constraints
    if one.name == "ratings_indicator_text_unscored"
)


class OfOneEditionMixin(forms.ModelForm):
    """A form of a part of an edition: it judges while the edition is locked.

    `edition` is set by the admin: that of the row, or the one it is added to; None where staff
    chooses it with the form.
    """

    edition: Edition | None = None
    of_edition: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.of_edition:
            if field := self.fields.get(name):
                field.queryset = self._choices(field.queryset)
                if self.edition is None:
                    field.label_from_instance = lambda row: f"{row.edition}: {row}"

    def _choices(self, rows: QuerySet) -> QuerySet:
        """Rows of the edition; of all that may still change while none is known."""
        rows = rows.select_related("edition")
        if self.edition is None:
            return rows.filter(edition__frozen_at=None, edition__sealed_at=None)
        itself = Q(pk=self.instance.pk) if rows.model is type(self.instance) else Q(pk=None)
        return rows.filter(edition=self.edition).exclude(itself)

    def chosen_edition(self, cleaned: dict) -> Edition | None:
        """The edition that the row belongs to with what was chosen."""
        return self.edition

    def clean(self):
        cleaned = super().clean()
        if (edition := self.chosen_edition(cleaned)) is None:
            return cleaned
        now = staying.locked(edition)
        refuse(self, staying.staying(self._meta.model, now))
        if self.instance.pk is None and staying.rows_stay(self._meta.model, now):
            self.add_error(None, staying.words(now))
        for name in self.of_edition:
            other = cleaned.get(name)
            if other is not None and other.edition_id != edition.pk:
                self.add_error(name, _("This is of another edition."))
        self._refuse_a_code_twice(edition, cleaned.get("code"))
        return cleaned

    def _refuse_a_code_twice(self, edition: Edition, code: str | None) -> None:
        model = self._meta.model
        if code is None or model not in TAKEN:
            return
        others = model.objects.filter(edition=edition, code=code).exclude(pk=self.instance.pk)
        if others.exists() and "code" not in self.errors:
            self.add_error("code", TAKEN[model])


class GroupForm(OfOneEditionMixin, BesideFieldsMixin):
    """A group; it is no part of itself or of what is below it."""

    of_edition = ("parent",)
    beside = {
        "ratings_indicatorgroup_title_given": "title_ru",
        "ratings_indicatorgroup_weight_from_0": "weight",
        "ratings_indicatorgroup_code_once": "code",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        either_language(self, "title")
        _offer_editions(self)

    def chosen_edition(self, cleaned):
        return self.edition or cleaned.get("edition")

    def clean_parent(self):
        """Groups above the chosen one are asked one by one: trees are a few levels deep."""
        above = parent = self.cleaned_data["parent"]
        while above is not None:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_("A group is no part of itself."))
            above = above.parent
        return parent


class IndicatorForm(OfOneEditionMixin, BesideFieldsMixin):
    """An indicator with what it is divided by, chosen from its own edition."""

    of_edition = ("group", "scale", "denominator_indicator")
    beside = {
        "ratings_indicator_question_given": "question_ru",
        "ratings_indicator_weight_from_0": "weight",
        "ratings_indicator_text_unscored": "weight",
        "ratings_indicator_scale_given": "scale",
        "ratings_indicator_divided_by": "denominator_indicator",
        "ratings_indicator_per_positive": "per",
        "ratings_indicator_range_in_order": "maximum",
        "ratings_indicator_goalposts_in_order": "goalpost_high",
        "ratings_indicator_code_once": "code",
    }
    offered_from = forms.ChoiceField(
        label=gettext_lazy("offered from"), required=False, choices=offering.choices,
        help_text=gettext_lazy("What the portal knows of the city is offered as an answer."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        either_language(self, "question")
        for name in ("help_ru", "help_en"):
            if field := self.fields.get(name):
                field.widget.attrs["rows"] = 4

    def chosen_edition(self, cleaned):
        group = cleaned.get("group")
        return self.edition or (group.edition if group else None)

    def clean(self):
        """The constraint is not asked where the kind is read only."""
        cleaned = super().clean()
        is_text = self.instance.kind == Indicator.Kind.TEXT
        if "kind" not in self.fields and is_text and cleaned.get("weight"):
            self.add_error("weight", TEXT_UNSCORED)
        return cleaned


class ScaleForm(OfOneEditionMixin, BesideFieldsMixin):
    """A scale; its answers stand below it."""

    beside = {"ratings_scale_title_given": "title_ru"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        either_language(self, "title")
        _offer_editions(self)

    def chosen_edition(self, cleaned):
        return self.edition or cleaned.get("edition")


class ScaleStepForm(forms.ModelForm):
    """An answer of a scale; its points stay once there are answers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        either_language(self, "label")

    def clean(self):
        cleaned = super().clean()
        if self.instance.scale_id and self.has_changed():
            now = staying.locked(self.instance.scale.edition)
            refuse(self, staying.staying(ScaleStep, now))
            if self.instance.pk is None and staying.rows_stay(ScaleStep, now):
                self.add_error(None, staying.words(now))
        return cleaned


def _offer_editions(form: OfOneEditionMixin) -> None:
    """The edition it is added to, or those in which things may still be added."""
    if field := form.fields.get("edition"):
        own = {"pk": form.edition.pk} if form.edition else {"frozen_at": None, "sealed_at": None}
        field.queryset = Edition.objects.filter(**own)
