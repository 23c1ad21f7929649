"""Diplomas and runs of them in the secretariat's admin."""

import uuid

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import VersionedAdminMixin
from laureates import diplomas
from laureates.diploma_desk import RoundDeskMixin, RunDeskMixin
from laureates.models import Diploma, DiplomaRun


@admin.register(Diploma)
class DiplomaAdmin(RoundDeskMixin, VersionedAdminMixin, admin.ModelAdmin):
    """The words of every diploma; what was issued is in the register of documents."""

    list_display = ["shown", "to", "year", "series", "city", "round"]
    list_filter = ["to", "year", ("round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["city", "round"]
    search_fields = ["holder_ru", "holder_en", "city__name_ru", "city__name_en", "city_text"]
    autocomplete_fields = ["round", "laureate", "city"]
    readonly_fields = ["paper"]
    fieldsets = [
        (None, {"fields": ["paper", ("to", "is_personal"), "round", "laureate",
                           ("year", "series"), ("city", "city_text"), "presented_on"]}),
        (
            _("Words on the paper"),
            {
                "fields": [("heading_ru", "heading_en"), ("lead_ru", "lead_en"),
                           ("holder_ru", "holder_en"), ("wording_ru", "wording_en")],
                "description": _("They are printed as they stand here: give every name in the "
                                 "case that the words before it need."),
            },
        ),
        (
            _("On the check page"),
            {"fields": [("honour_ru", "honour_en"), ("class_ru", "class_en")]},
        ),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("city", "round", "laureate")

    def has_delete_permission(self, request, obj=None):
        """What was issued stays."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not self._was_issued(obj))

    def get_actions(self, request):
        """Nothing is deleted by the dozen: among them may be what was issued."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context.update(
            form_key=uuid.uuid4(), document=diplomas.current(obj) if obj and obj.pk else None
        )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("given to"), ordering="holder_ru")
    def shown(self, diploma):
        return diploma.holder_ru or diploma.holder_en or "—"

    @admin.display(description=pgettext_lazy("of a diploma", "issued"))
    def paper(self, diploma):
        """The number, with a link to the register, where it is issued anew and revoked."""
        document = diplomas.current(diploma) if diploma.pk else None
        if document is None:
            return _("not yet")
        address = reverse("admin:content_issueddocument_change", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, document.number)

    def _was_issued(self, diploma: Diploma) -> bool:
        return diplomas.all_papers(Diploma.objects.filter(pk=diploma.pk)).exists()


@admin.register(DiplomaRun)
class DiplomaRunAdmin(RunDeskMixin, admin.ModelAdmin):
    """Runs are made at the desk of a round, and kept."""

    list_display = ["title", "round", "made_by", "made_at"]
    list_filter = [("round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["round", "made_by"]
    search_fields = ["title"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
