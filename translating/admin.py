"""The glossary and the links of outside translators in the admin; the desk has its own module."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from content.editing import VersionedAdminMixin, VersionedFormMixin
from content.languages import LANGUAGE_CODES
from translating import desk, desk_admin  # noqa: F401 - the desk registers itself
from translating.link_pages import proposal_address
from translating.models import Term, TranslationLink


class TermForm(VersionedFormMixin):
    """A term; one language is enough until somebody knows the other."""


@admin.register(Term)
class TermAdmin(VersionedAdminMixin, TranslationAdmin):
    form = TermForm
    list_display = [*(f"name_{code}" for code in LANGUAGE_CODES), "kind", "note"]
    list_filter = ["kind"]
    search_fields = [
        f"{field}_{code}" for field in ("name", "forbidden") for code in LANGUAGE_CODES
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    tuple(f"name_{code}" for code in LANGUAGE_CODES),
                    tuple(f"forbidden_{code}" for code in LANGUAGE_CODES),
                    "kind",
                    "note",
                ]
            },
        )
    ]


class WaitingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waits", _("to be decided")), ("open", _("with the translator"))]

    def queryset(self, request, queryset):
        if self.value() == "waits":
            return queryset.filter(returned_at__isnull=False, decided_at=None)
        if self.value() == "open":
            now = timezone.now()
            return queryset.filter(returned_at=None, revoked_at=None, expires_at__gt=now)
        return queryset


@admin.register(TranslationLink)
class TranslationLinkAdmin(admin.ModelAdmin):
    """Links are made on the desk, at the text they are for."""

    list_display = ["name", "language", "made_at", "expires_at", "returned_at", "was_accepted"]
    list_filter = [WaitingFilter]
    search_fields = ["name", "email"]
    ordering = [F("returned_at").desc(nulls_last=True), "-made_at"]
    actions = None

    def get_queryset(self, request):
        types = ContentType.objects.get_for_models(*desk.kinds_for(request.user))
        return super().get_queryset(request).filter(content_type__in=types.values())

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def history_view(self, request, object_id, extra_context=None):
        """What was done stands in the audit log."""
        raise Http404

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Its page is the proposal."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        link = self.get_object(request, object_id)
        if link is None:
            raise Http404
        return redirect(proposal_address(link))
