"""Drafts, comments, calls and contributions in the secretariat's admin."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from consultations import commenting, contributing
from consultations.assembling_views import AssemblyMixin
from consultations.commenting import CommentRefused
from consultations.contributing import ContributionRefused
from consultations.models import (
    Call,
    Chapter,
    Comment,
    Consultation,
    Contribution,
    Excerpt,
    Milestone,
    Question,
)
from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.publishing import PublishNowMixin
from content.record_admin import LANGUAGE_SUFFIXES, PublicRecordForm, TranslationFilter
from content.staff_time import StaffTimeMixin
from content.title_column import TitleColumnMixin
from editorial.desk import EditorialAdmin


class RecordForm(PublishNowMixin, PublicRecordForm):
    """A draft or a call. Published without a moment: from now on."""


PUBLISHING = (_("Publishing"), {"fields": ["slug", ("status", "published_at")]})


@admin.register(Consultation)
class ConsultationAdmin(TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = RecordForm
    list_display = ["shown_title", "flow", "opens_at", "closes_at", "adopted_on"]
    list_filter = ["status", TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug"]
    autocomplete_fields = ["organ", "topics", "adopted_as"]
    readonly_fields = ["comments_of_cities"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title_ru", "title_en"), ("summary_ru", "summary_en"), ("body_ru", "body_en"),
                    "small_edit",
                ]
            },
        ),
        (_("Comments"), {"fields": [("opens_at", "closes_at"), "comments_of_cities"]}),
        (
            _("Adoption"),
            {"fields": ["organ", "adopted_on", "adopted_as", ("outcome_ru", "outcome_en")]},
        ),
        PUBLISHING,
        (_("Belongs to"), {"fields": ["topics"]}),
    ]  # fmt: skip

    @admin.display(description=_("comments"))
    def comments_of_cities(self, consultation):
        if not consultation.pk:
            return "—"
        address = reverse("admin:consultations_comment_changelist")
        return format_html(
            '<a href="{}?consultation__id__exact={}">{}</a>',
            address, consultation.pk, _("Comments by city"),
        )  # fmt: skip


class CommentForm(VersionedFormMixin):
    """The answer to a comment; the words of the city are never changed."""

    class Meta:
        model = Comment
        fields = ["verdict", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}


@admin.register(Comment)
class CommentAdmin(VersionedAdminMixin, admin.ModelAdmin):
    form = CommentForm
    list_display = ["member", "place", "short", "verdict", "made_at"]
    list_filter = ["verdict", ("consultation", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "consultation"]
    search_fields = ["text", "member__name_ru", "member__name_en"]
    readonly_fields = ["consultation", "member", "place", "quote", "text", "wording", "made_at"]
    fieldsets = [
        (
            None,
            {"fields": ["consultation", "member", "place", "quote", "text", "wording", "made_at"]},
        ),
        (_("Answer"), {"fields": ["verdict", "answer"]}),
    ]

    @admin.display(description=_("paragraph"), ordering="paragraph")
    def place(self, comment):
        return comment.paragraph or _("the whole text")

    @admin.display(description=_("comment"))
    def short(self, comment):
        return f"{comment.text[:90]}…" if len(comment.text) > 90 else comment.text

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        told = form.cleaned_data
        try:
            commenting.answer(
                obj, request.user, verdict=told["verdict"], reason=told["answer"],
                seen=told["version"],
            )  # fmt: skip
        except CommentRefused as refused:
            self.message_user(request, str(refused), "error")


class OptionalLanguages:
    """For inlines: either language will do; the constraint of the model demands one."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made is not None and db_field.name.endswith(LANGUAGE_SUFFIXES):
            made.required = False
        return made


class QuestionInline(OptionalLanguages, TranslationTabularInline):
    model = Question
    extra = 0
    exclude = ["version"]


class MilestoneInline(OptionalLanguages, TranslationTabularInline):
    model = Milestone
    extra = 0
    exclude = ["version"]


@admin.register(Call)
class CallAdmin(AssemblyMixin, TitleColumnMixin, StaffTimeMixin, EditorialAdmin):
    form = RecordForm
    list_display = ["shown_title", "flow", "opens_at", "closes_at"]
    list_filter = ["status", TranslationFilter]
    search_fields = ["title_ru", "title_en", "slug"]
    autocomplete_fields = ["publication"]
    readonly_fields = ["sent_by_cities"]
    inlines = [QuestionInline, MilestoneInline]
    fieldsets = [
        (
            None,
            {"fields": [("title_ru", "title_en"), ("about_ru", "about_en"), "small_edit"]},
        ),
        (_("Contributions"), {"fields": [("opens_at", "closes_at"), "sent_by_cities"]}),
        (_("The report"), {"fields": ["publication"]}),
        PUBLISHING,
    ]

    @admin.display(description=_("what cities sent"))
    def sent_by_cities(self, call):
        if not call.pk:
            return "—"
        listed = reverse("admin:consultations_contribution_changelist")
        return format_html(
            '<a href="{}?call__id__exact={}">{}</a> · <a href="{}">{}</a>',
            listed, call.pk, _("Contributions by city"),
            reverse("admin:consultations_call_assemble", args=[call.pk]), _("Chapters"),
        )  # fmt: skip


class ContributionForm(VersionedFormMixin):
    """The decision on a contribution; the words of the city are never changed."""

    class Meta:
        model = Contribution
        fields = ["status", "remark"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            kept = (self.instance.status, Contribution.Status.RETURNED,
                    Contribution.Status.ACCEPTED)  # fmt: skip
            self.fields["status"].choices = [
                pair for pair in Contribution.Status.choices if pair[0] in kept
            ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Contribution.Status.RETURNED and not cleaned.get("remark"):
            self.add_error("remark", _("Say what the city is asked to change."))
        if self.instance.status == Contribution.Status.DRAFT and "status" in self.changed_data:
            self.add_error("status", _("The city is still writing it."))
        return cleaned


@admin.register(Contribution)
class ContributionAdmin(VersionedAdminMixin, admin.ModelAdmin):
    form = ContributionForm
    list_display = ["member", "call", "language", "status", "sent_at"]
    list_filter = ["status", "language", ("call", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "call"]
    search_fields = ["member__name_ru", "member__name_en"]
    readonly_fields = ["call", "member", "language", "sent_at", "texts", "files"]
    fieldsets = [
        (None, {"fields": ["call", "member", "language", "sent_at", "texts", "files"]}),
        (_("Decision"), {"fields": ["status", "remark"]}),
    ]

    @admin.display(description=_("texts"))
    def texts(self, found):
        rows = found.answers.select_related("question")
        return format_html_join(
            "", "<h3>{}</h3><p>{}</p>", ((one.question, one.text or "—") for one in rows)
        )

    @admin.display(description=_("files"))
    def files(self, found):
        rows = found.attachments.select_related("file")
        links = ((one.file.get_absolute_url(), one.file) for one in rows)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "—"

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if "status" not in form.changed_data and "remark" not in form.changed_data:
            return
        told = form.cleaned_data
        stored = Contribution.objects.get(pk=obj.pk)
        try:
            if told["status"] == Contribution.Status.RETURNED:
                contributing.give_back(stored, request.user, told["remark"], seen=told["version"])
            elif told["status"] == Contribution.Status.ACCEPTED:
                contributing.accept(stored, request.user, seen=told["version"])
        except ContributionRefused as refused:
            self.message_user(request, str(refused), "error")


class ExcerptInline(admin.TabularInline):
    model = Excerpt
    extra = 0
    fields = ["position", "text"]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Chapter)
class ChapterAdmin(VersionedAdminMixin, TranslationAdmin):
    list_display = ["title", "call", "position"]
    list_filter = [("call", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["call"]
    autocomplete_fields = ["call"]
    inlines = [ExcerptInline]
    fieldsets = [(None, {"fields": ["call", "position", ("title_ru", "title_en")]})]
