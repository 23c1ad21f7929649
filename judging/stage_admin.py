"""Stages of judging in the admin: how works are judged, and the way to the coordinator's desk."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from awards.models import Category
from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from judging import counting
from judging.desk_views import StageDeskMixin
from judging.models import Criterion, Stage

State = Stage.State
# What is fixed once jurors began; the end of the votes is set on the desk.
RULES = (
    "round", "order", "method", "is_blind", "votes_needed", "quorum_percent", "assigning",
    "aggregation", "tie_rule", "passing", "opens_at", "closes_at", "categories",
)  # fmt: skip


class EitherLanguageMixin:
    """Either language is enough; the constraints demand one of them."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name.endswith(("_ru", "_en")):
            field.required = False
        return field


def is_fixed(stage) -> bool:
    """Whether jurors have begun: rules and criteria stay."""
    return isinstance(stage, Stage) and stage.pk is not None and stage.state != State.PLANNED


class CategoriesField(forms.ModelMultipleChoiceField):
    """Categories with their round: names repeat from year to year."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, category):
        return f"{category.round}: {category}"


class StageForm(VersionedFormMixin):
    """A stage whose rules agree with one another."""

    categories = CategoriesField(
        Category.objects.none(), required=False, label=_("only these categories"),
        help_text=_("None: all categories of the round, each counted by itself."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("categories"):
            rows = Category.objects.select_related("round").order_by("-round__year", "round")
            chosen = self.instance.round_id
            field.queryset = rows.filter(round=chosen) if chosen else rows

    def clean(self):
        cleaned = super().clean()
        if "method" in self.fields:
            for name, words in contradictions(cleaned):
                self.add_error(name, words)
        return cleaned


def contradictions(rules: dict) -> list[tuple[str, object]]:
    """(field, sentence) for rules that do not go together."""
    method, aggregation = rules.get("method"), rules.get("aggregation")
    found = []
    if aggregation != Stage.Aggregation.MEAN and not counting.aggregates(method):
        found.append(("aggregation", _("Yes or no and orders are counted by the mean alone.")))
    elif aggregation == Stage.Aggregation.TRIMMED and (
        (rules.get("votes_needed") or 0) < counting.TRIMMED_FROM
    ):
        found.append(("votes_needed", _("Without the highest and the lowest: 4 votes or more.")))
    if rules.get("tie_rule") == Stage.TieRule.FIRST_CRITERION and method != Stage.Method.CRITERIA:
        found.append(("tie_rule", _("Without criteria no criterion decides.")))
    if method == Stage.Method.RANKING and rules.get("assigning") != Stage.Assigning.EVERYTHING:
        words = _("Where works are put in order, every juror sees every work.")
        found.append(("assigning", words))
    if any(one.round_id != getattr(rules.get("round"), "pk", None)
           for one in rules.get("categories") or []):  # fmt: skip
        found.append(("categories", _("Choose categories of this round.")))
    return found


class CriterionInline(EitherLanguageMixin, TranslationStackedInline):
    model = Criterion
    extra = 0
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("hint_ru", "hint_en"),
                           ("weight", "max_points", "order")]}),
    ]  # fmt: skip

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not is_fixed(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not is_fixed(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_fixed(obj)


@admin.register(Stage)
class StageAdmin(
    StageDeskMixin, EitherLanguageMixin, TitleColumnMixin, StaffTimeMixin, VersionedAdminMixin,
    TranslationAdmin,
):  # fmt: skip
    form = StageForm
    list_display = ["shown_title", "round", "order", "method", "opens_at", "closes_at", "state",
                    "desk_link"]  # fmt: skip
    list_filter = ["state", "method", ("round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["round__award"]
    search_fields = ["title_ru", "title_en", "round__title_ru", "round__title_en"]
    autocomplete_fields = ["round"]
    readonly_fields = ["state", "desk_link"]
    inlines = [CriterionInline]
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("round", "order"), "categories",
                           ("state", "desk_link")]}),
        (_("How works are judged"), {
            "fields": ["method", "is_blind", ("opens_at", "closes_at"), "assigning",
                       ("votes_needed", "quorum_percent")],
        }),
        (_("How votes are counted"), {"fields": ["aggregation", "tie_rule", "passing"]}),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *RULES] if is_fixed(obj) else fields

    def has_delete_permission(self, request, obj=None):
        """A stage that was opened stays."""
        return super().has_delete_permission(request, obj) and not is_fixed(obj)

    @admin.display(description=_("desk"))
    def desk_link(self, stage):
        if not stage.pk:
            return "—"
        address = reverse("admin:judging_stage_desk", args=[stage.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the desk of the stage"))
