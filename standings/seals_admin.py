"""Seals and corrections in the admin: read only rows, and the desks that write them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.documents_admin import ReadOnlyAdmin
from ratings.models import Edition
from standings import sealing
from standings.errata_desk import AnswerView, ErratumDesk
from standings.models import Erratum, Seal
from standings.seal_desk import SealDesk


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    """Sealed results are read; the desk of an edition seals and moves the embargo."""

    list_display = ["edition", "revision", "sha256", "sealed_at", "published_at", "to_desk"]
    list_select_related = ["edition"]
    list_filter = ["edition__rating"]
    fields = [
        "edition", "revision", "sha256", "code_version", "reason_ru", "reason_en", "asked_by",
        "sealed_by", "sealed_at", "published_at", "to_desk",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("canonical")
        return rows.select_related("edition", "asked_by", "sealed_by")

    @admin.display(description=_("desk of sealing"))
    def to_desk(self, seal):
        address = reverse("admin:standings_seal_desk", args=[seal.edition_id])
        return format_html('<a href="{}">{}</a>', address, _("Open the desk of sealing"))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        desk = SealDesk.as_view(desk=self)
        return [
            path("desks/", wrap(self.desks), name="standings_seal_desks"),
            path("desks/<int:pk>/", wrap(desk), name="standings_seal_desk"),
            *super().get_urls(),
        ]

    def desks(self, request: HttpRequest) -> HttpResponse:
        """Editions with a questionnaire: not sealed yet, under embargo, public."""
        if not request.user.has_perm(sealing.MAY_SEAL):
            raise PermissionDenied
        editions = Edition.objects.held().filter(opened_at__isnull=False)
        context = {
            **self.admin_site.each_context(request),
            "editions": editions.select_related("rating").prefetch_related("seals"),
            "opts": self.opts,
            "title": _("Sealing of results"),
        }
        return TemplateResponse(request, "standings/desk/sealings.html", context)


@admin.register(Erratum)
class ErratumAdmin(ReadOnlyAdmin):
    """Corrections are read here; the desk of each writes it."""

    list_display = ["edition", "state", "made_by", "made_at", "to_desk"]
    list_select_related = ["edition", "made_by"]
    list_filter = ["state", "edition__rating"]
    fields = ["edition", "state", "reason_ru", "reason_en", "made_by", "made_at", "seal", "to_desk"]
    readonly_fields = fields

    @admin.display(description=_("desk of the correction"))
    def to_desk(self, erratum):
        address = reverse("admin:standings_erratum_desk", args=[erratum.pk])
        return format_html('<a href="{}">{}</a>', address, _("Open the correction"))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        desk, answer = ErratumDesk.as_view(desk=self), AnswerView.as_view(desk=self)
        return [
            path("<int:pk>/desk/", wrap(desk), name="standings_erratum_desk"),
            path("<int:pk>/answer/", wrap(answer), name="standings_erratum_answer"),
            *super().get_urls(),
        ]
