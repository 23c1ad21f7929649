"""Calls of other givers, dossiers and their texts in the secretariat's admin."""

from django.contrib import admin, messages
from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.editing import VersionedAdminMixin
from content.record_admin import LANGUAGE_SUFFIXES
from nominations import calls, checks, schedule, texts
from nominations.desk_views import CallDeskMixin, DossierDeskMixin
from nominations.models import CallStep, Dossier, DossierSection, OutsideCall, SectionText
from nominations.staff_forms import DossierForm, EnglishTextForm, OutsideCallForm


class SectionInline(TranslationStackedInline):
    model = DossierSection
    extra = 0
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("hint_ru", "hint_en"),
                           ("is_required", "max_words", "max_characters", "order")]})
    ]  # fmt: skip

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made is not None and db_field.name.endswith(LANGUAGE_SUFFIXES):
            made.required = False
        return made

    def has_delete_permission(self, request, obj=None):
        """Headings that a dossier may have texts under stay."""
        is_used = obj is not None and obj.dossiers.exists()
        return super().has_delete_permission(request, obj) and not is_used


class StepInline(admin.TabularInline):
    model = CallStep
    extra = 0
    max_num = len(CallStep.Kind)


@admin.register(OutsideCall)
class OutsideCallAdmin(CallDeskMixin, VersionedAdminMixin, TranslationAdmin):
    form = OutsideCallForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["__str__", "award", "year", "deadline_on", "left", "sheet"]
    list_filter = ["year", "is_shown"]
    list_select_related = ["award"]
    search_fields = ["title_ru", "title_en", "award__title_ru", "award__title_en"]
    autocomplete_fields = ["award"]
    inlines = [SectionInline, StepInline]
    fieldsets = [
        (None, {"fields": ["award", ("title_ru", "title_en"), ("year", "is_shown")]}),
        (_("Deadline of the giver"), {"fields": [("deadline_on", "deadline_time"), "time_zone"]}),
        (
            _("Rules of the giver"),
            {"fields": ["third_party_only", "nominated_at_most", "languages", "page_limit",
                        "letters_needed", "send_to", "website", ("terms_ru", "terms_en")]},
        ),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count=models.Count("dossiers"))

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        """A new call gets the usual steps and the headings of the year before."""
        super().save_related(request, form, formsets, change)
        if not change:
            calls.set_up(form.instance)

    @admin.display(description=_("days left"))
    def left(self, call):
        return days_words(call)

    @admin.display(description=_("dossiers"), ordering="count")
    def sheet(self, call):
        words = ngettext("%(count)d dossier", "%(count)d dossiers", call.count)
        address = reverse("admin:nominations_outsidecall_dossiers", args=[call.pk])
        return format_html('<a href="{}">{}</a>', address, words % {"count": call.count})


def days_words(call: OutsideCall) -> str:
    """Days until the deadline, in words."""
    left = schedule.days_left(call)
    if left is None:
        return "—"
    if left < 0:
        return str(_("over"))
    return ngettext("%(days)d day", "%(days)d days", left) % {"days": left}


@admin.register(Dossier)
class DossierAdmin(DossierDeskMixin, VersionedAdminMixin, admin.ModelAdmin):
    form = DossierForm
    list_display = ["desk", "call", "state", "outcome", "nominated_by", "left", "missing"]
    list_filter = ["state", "outcome", ("call", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["member__name_ru", "member__name_en", "title_ru", "title_en"]
    autocomplete_fields = ["call", "member"]
    list_display_links = None
    fieldsets = [
        (None, {"fields": ["call", "member", ("title_ru", "title_en"), "reasons"]}),
        (_("Contact person"), {"fields": ["contact_name", "contact_email", "contact_phone"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_material()

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        closed = [] if obj.state in ("interest", "writing") else ["title_ru", "title_en", "reasons"]
        return ["call", "member", *closed]

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.asked_by = request.user
        super().save_model(request, obj, form, change)

    def response_post_save_change(self, request, obj):
        return self.to_desk(obj)

    def response_post_save_add(self, request, obj):
        return self.to_desk(obj)

    def to_desk(self, dossier):
        return redirect("admin:nominations_dossier_desk", dossier.pk)

    @admin.display(description=_("city"), ordering="member__name_ru")
    def desk(self, dossier):
        address = reverse("admin:nominations_dossier_desk", args=[dossier.pk])
        return format_html('<a href="{}">{}</a>', address, dossier.member)

    @admin.display(description=_("nominated by"), ordering="nominator")
    def nominated_by(self, dossier):
        return "—" if dossier.state == Dossier.State.INTEREST else dossier.nominator_in

    @admin.display(description=_("days left"))
    def left(self, dossier):
        return "—" if dossier.is_gone or dossier.is_over else days_words(dossier.call)

    @admin.display(description=_("what is missing"))
    def missing(self, dossier):
        if dossier.state != Dossier.State.WRITING:
            return "—"
        lacks = len(checks.lacks(dossier))
        late = [step.label for step in schedule.steps(dossier) if step.is_late]
        words = ngettext("%(count)d thing", "%(count)d things", lacks) % {"count": lacks}
        return words + "; " + _("late") + ": " + ", ".join(late) if late else words


class TranslationStateFilter(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        return [("open", _("work to do"))]

    def queryset(self, request, queryset):
        return queryset.to_translate() if self.value() == "open" else queryset


@admin.register(SectionText)
class SectionTextAdmin(VersionedAdminMixin, admin.ModelAdmin):
    """English texts beside the Russian ones: the desk of the translator."""

    form = EnglishTextForm
    list_display = ["heading", "city", "call", "translation", "saved_at"]
    list_filter = [TranslationStateFilter]
    search_fields = ["dossier__member__name_ru", "dossier__member__name_en", "section__title_ru",
                     "section__title_en"]  # fmt: skip
    readonly_fields = ["city", "call", "heading", "hint", "source_text", "translation"]
    fieldsets = [
        (None, {"fields": ["call", "city", "heading", "hint", "translation"]}),
        (_("Text"), {"fields": ["source_text", "text"], "classes": ["side-by-side"]}),
        (None, {"fields": ["source_seen"], "classes": ["version-guard"]}),
    ]
    change_form_template = "admin/nominations/section_text.html"

    def get_queryset(self, request):
        found = super().get_queryset(request).with_source()
        return found.filter(dossier__state__in=Dossier.CHOSEN).select_related(
            "dossier__member", "dossier__call", "section"
        )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        is_open = obj is None or obj.dossier.state == Dossier.State.WRITING
        return super().has_change_permission(request, obj) and is_open

    def save_model(self, request, obj, form, change):
        seen = form.cleaned_data["source_seen"]
        texts.keep(obj, form.cleaned_data["text"], request.user, source_seen=seen)
        if seen != (obj.source_hash or ""):
            self.message_user(
                request,
                _("The Russian text was changed while you translated: look at it once more."),
                messages.WARNING,
            )

    @admin.display(description=_("heading"))
    def heading(self, row):
        return str(row.section)

    @admin.display(description=_("what to write"))
    def hint(self, row):
        return row.section.hint_en or row.section.hint_ru or "—"

    @admin.display(description=_("city"))
    def city(self, row):
        return str(row.dossier.member)

    @admin.display(description=pgettext_lazy("honour", "call"))
    def call(self, row):
        return str(row.dossier.call)

    @admin.display(description=_("text in Russian"))
    def source_text(self, row):
        return row.source or "—"

    @admin.display(description=_("translation"))
    def translation(self, row):
        if not row.text_hash:
            return SectionText.State.EMPTY.label
        is_current = not row.source_hash or row.made_from == row.source_hash
        return (SectionText.State.CURRENT if is_current else SectionText.State.OUTDATED).label
