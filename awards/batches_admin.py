"""Batches and look-alikes in the admin: how far a batch is; two works side by side."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from awards import look_alikes
from awards.entries_admin import ReadOnlyMixin
from awards.models import Batch, Entry, LookAlike
from content import privatefiles

SIDES = {"new": "entry", "earlier": "other"}


@admin.register(Batch)
class BatchAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """What schools sent: counts alone; the rows name children and are the school's."""

    list_display = ["entrant", "round", "state", "progress", "taken", "waiting", "wrong",
                    "uploaded_at"]  # fmt: skip
    list_filter = ["state", ("entrant__round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entrant__member", "entrant__round__award"]
    search_fields = ["entrant__member__name_ru", "entrant__member__name_en", "entrant__name_ru",
                     "entrant__name_en"]  # fmt: skip
    fields = ["entrant", "round", "category", "state", "error", "progress", "taken", "waiting",
              "wrong", "uploaded_at", "finished_at"]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        counts = {
            f"{state}_rows": Count("rows", filter=Q(rows__state=state))
            for state in ("taken", "no_consent", "wrong")
        }
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=pgettext_lazy("of an award", "round"))
    def round(self, batch):
        return batch.entrant.round

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, batch):
        return f"{batch.done} / {batch.total}" if batch.total else "—"

    @admin.display(description=pgettext_lazy("works of a batch", "taken"))
    def taken(self, batch):
        return batch.taken_rows

    @admin.display(description=gettext_lazy("without consent"))
    def waiting(self, batch):
        return batch.no_consent_rows

    @admin.display(description=gettext_lazy("not taken"))
    def wrong(self, batch):
        return batch.wrong_rows


@admin.register(LookAlike)
class LookAlikeAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """Pairs of works that look the same. A verdict refuses nothing: that is a deed of its own."""

    list_display = ["pair", "round", "distance", "verdict", "decided_by"]
    list_filter = ["verdict", ("entry__round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entry__round__award", "other__round__award", "decided_by"]
    search_fields = ["=entry__number", "=other__number"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/verdict/",
                wrap(require_POST(self.verdict_view)),
                name="awards_lookalike_verdict",
            ),
            path(
                "<int:pk>/work/<str:side>/",
                wrap(self.work_view),
                name="awards_lookalike_work",
            ),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("works"))
    def pair(self, pair):
        other = pair.other.code
        if pair.other.round_id != pair.entry.round_id:
            other = f"{other} ({pair.other.round})"
        return format_html("{} ~ {}", pair.entry.code, other)

    @admin.display(description=pgettext_lazy("of an award", "round"))
    def round(self, pair):
        return pair.entry.round

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Both works side by side, with the two verdicts; nothing else is saved here."""
        if request.method == "POST":
            raise PermissionDenied
        pair = self._pair(request, object_id)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "pair": pair,
            "title": _("Do these works look the same?"), "works": self._works(pair),
            "may_decide": request.user.has_perm("awards.change_lookalike"),
            "Verdict": LookAlike.Verdict,
        }  # fmt: skip
        return TemplateResponse(request, "admin/awards/look_alike.html", context)

    def verdict_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        pair = self._pair(request, pk)
        verdict = request.POST.get("verdict")
        if not request.user.has_perm("awards.change_lookalike"):
            raise PermissionDenied
        if verdict not in (LookAlike.Verdict.SAME, LookAlike.Verdict.DIFFERENT):
            raise Http404
        look_alikes.decide(pair, verdict, request.user)
        messages.success(request, _("The verdict is written down. No entry was changed."))
        return redirect("admin:awards_lookalike_change", pk)

    def work_view(self, request: HttpRequest, pk: int, side: str) -> HttpResponseBase:
        """The picture of one work of the pair."""
        entry = getattr(self._pair(request, pk), SIDES.get(side, ""), None)
        if entry is None:
            raise Http404
        file = entry.files.filter(field=None).select_related("large", "file").first()
        if file is None:
            raise Http404
        return privatefiles.response_for(file.large or file.file)

    def _pair(self, request: HttpRequest, pk) -> LookAlike:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = LookAlike.objects.select_related("entry__round__award", "other__round__award")
        return get_object_or_404(rows, pk=int(pk) if str(pk).isdecimal() else 0)

    def _works(self, pair: LookAlike) -> list[dict]:
        return [
            {
                "entry": entry,
                "picture": reverse("admin:awards_lookalike_work", args=[pair.pk, side]),
                "url": reverse("admin:awards_entry_change", args=[entry.pk]),
                "refuse": reverse("admin:awards_entry_refuse", args=[entry.pk])
                if entry.state == Entry.State.SUBMITTED
                else "",
            }
            for side, entry in (("new", pair.entry), ("earlier", pair.other))
        ]
