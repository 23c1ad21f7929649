"""The register of documents and the open approvals in the admin: to be read, with a few deeds."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content import documents, privatefiles
from content.models import Approval, IssuedDocument


class ReasonForm(forms.Form):
    """Why a document is issued anew or revoked: in the register, not on the check page."""

    reason = forms.CharField(
        label=_("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only capabilities write."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class IssuedDocumentAdmin(ReadOnlyAdmin):
    list_display = ["number", "kind_label", "holder", "issued_on", "state"]
    list_filter = ["state", "kind", "year"]
    search_fields = ["number", "holder_ru", "holder_en", "code"]
    date_hierarchy = "issued_on"
    fieldsets = [
        (None, {"fields": ["number", "kind_label", "state", "issued_on", "issued_by", "paper"]}),
        (
            _("As issued"),
            {"fields": [("title_ru", "title_en"), ("holder_ru", "holder_en"),
                        ("wording_ru", "wording_en"), "check_page"]},
        ),
        (
            _("Afterwards"),
            {"fields": ["replaces", "reissue_reason", "revoked_at", "revoked_by",
                        "revoked_reason"]},
        ),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(kind__in=documents.hidden_from(request.user))

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, document):
        kind = documents.kind_of(document)
        return kind.label if kind else document.kind

    @admin.display(description=_("given to"))
    def holder(self, document):
        return document.holder_ru or document.holder_en or "—"

    @admin.display(description=_("file"))
    def paper(self, document):
        if document.pdf_id is None:
            return _("erased")
        address = reverse("admin:content_issueddocument_file", args=[document.pk])
        return format_html('<a href="{}">{}.pdf</a>', address, document.number)

    @admin.display(description=_("check page"))
    def check_page(self, document):
        return format_html('<a href="{0}">{0}</a>', documents.check_url(document.code))

    def get_urls(self):
        views = [
            ("file", self.file_view), ("reissue", self.reissue_view), ("revoke", self.revoke_view)
        ]  # fmt: skip
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"content_issueddocument_{name}",
            )
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_decide"] = (
            obj and obj.state == IssuedDocument.State.VALID and self._may_decide(request)
        )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The paper as it was issued."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        document = get_object_or_404(self.get_queryset(request).select_related("pdf"), pk=pk)
        if document.pdf is None:
            raise Http404
        return privatefiles.response_for(document.pdf)

    def reissue_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Issue a document anew, with today's wording and a number of its own."""
        return self._decide(
            request, pk, documents.reissue, _("Issue the document anew"),
            _("The new document says what is true today; the check page of the earlier one says "
              "that it is replaced."),
        )  # fmt: skip

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Declare a document void."""
        return self._decide(
            request, pk, documents.revoke, _("Revoke the document"),
            _("Its check page says that it is not valid. This cannot be taken back."),
        )  # fmt: skip

    def _decide(self, request, pk: int, deed, button, lead) -> HttpResponse:
        if not self._may_decide(request):
            raise PermissionDenied
        document = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                changed = deed(document, request.user, form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                self.message_user(request, _("Done: %s") % changed, messages.SUCCESS)
                return HttpResponseRedirect(
                    reverse("admin:content_issueddocument_change", args=[changed.pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [(None, {"fields": ["reason"]})], {}, model_admin=self),
            "button": button,
            "lead": lead,
            "opts": self.opts,
            "title": f"{button}: {document}",
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)

    def _may_decide(self, request) -> bool:
        return request.user.has_perm("content.change_issueddocument")


class WaitingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("wait for a second person")), ("approved", _("approved"))]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.filter(pk__in=Approval.objects.open().values("pk"))
        if self.value() == "approved":
            return queryset.filter(approved_at__isnull=False)
        return queryset


class ApprovalAdmin(ReadOnlyAdmin):
    """Where a second person is asked for; the approval itself is given on the record's page."""

    list_display = ["about", "asked_by", "asked_at", "approved_by", "approved_at", "withdrawn_at"]
    list_display_links = None
    list_filter = [WaitingFilter]
    list_select_related = ["asked_by", "approved_by"]
    fields = ["about", "deed", "asked_by", "asked_at", "approved_by", "approved_at",
              "withdrawn_at"]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("target")

    @admin.display(description=_("record"))
    def about(self, approval):
        """The record, with a link to its page in the admin."""
        target = approval.target
        if target is None:
            return "—"
        opts = target._meta
        try:
            address = reverse(
                f"admin:{opts.app_label}_{opts.model_name}_change", args=[approval.object_id]
            )
        except NoReverseMatch:
            return str(target)
        return format_html('{}: <a href="{}">{}</a>', opts.verbose_name, address, target)
