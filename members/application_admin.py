"""Applications for membership at the desk: read, put before the body, decided, answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from content.editing import OneTimeKeyMixin, answered, once
from members import applications
from members.lifecycle_admin import file_link
from members.lifecycle_forms import DecisionForm
from members.models import Member, MembershipApplication

CHANGE = "admin:members_membershipapplication_change"


class PlainForm(OneTimeKeyMixin):
    """Only a confirmation."""

    def add_refusal(self, refusal: ValidationError) -> None:
        self.add_error(None, refusal.messages)


class AcceptForm(DecisionForm):
    member = forms.ModelChoiceField(
        Member.objects.all(), label=_("Record of the member"), required=False,
        help_text=_("Empty: a record is made of the application, with its name, country and "
                    "population."),
    )  # fmt: skip
    field_order = ["day", "decided_by_ru", "decided_by_en", "document", "member"]

    def __init__(self, *args, admin_site=None, **kwargs):
        super().__init__(*args, **kwargs)
        field = MembershipApplication._meta.get_field("member")
        self.fields["member"].widget = AutocompleteSelect(field, admin_site)
        self.fields["member"].widget.choices = self.fields["member"].choices


class RefuseForm(DecisionForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads it in the letter."),
    )  # fmt: skip
    field_order = ["day", "reason", "decided_by_ru", "decided_by_en", "document"]


class WithdrawForm(PlainForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def _before(application, form, user) -> None:
    applications.put_before_body(application, user)


def _accept(application, form, user) -> None:
    typed = {"application": application, "day": form.cleaned_data["day"],
             "member": form.cleaned_data["member"]}  # fmt: skip
    form.carried_out(applications.accept, user, **typed)


def _refuse(application, form, user) -> None:
    typed = {name: form.cleaned_data[name] for name in ("day", "reason")}
    form.carried_out(applications.refuse, user, application=application, **typed)


def _withdraw(application, form, user) -> None:
    applications.withdraw(application, user, form.cleaned_data["reason"])


# Address -> form, what it does, title, button, what is said above it.
DEEDS: dict[str, tuple[type, Callable[..., None], Any, Any, Any]] = {
    "before-body": (
        PlainForm, _before, _("Put No. %s before the body"), _("Put before the body"),
        _("The application leaves the list of those that wait for the agenda."),
    ),
    "accept": (
        AcceptForm, _accept, _("Accept No. %s"), _("Record the acceptance"),
        _("The applicant is told by mail. Whether it counts as a member at once follows from the "
          "rule of counting of that day."),
    ),
    "refuse": (
        RefuseForm, _refuse, _("Refuse No. %s"), _("Record the refusal"),
        _("The applicant is told by mail, with the reason."),
    ),
    "withdraw": (
        WithdrawForm, _withdraw, _("Withdraw No. %s"), _("Record the withdrawal"),
        _("No mail is sent."),
    ),
}  # fmt: skip


class MembershipApplicationAdmin(admin.ModelAdmin):
    """What was sent is not changed: it is decided."""

    change_form_template = "admin/members/membershipapplication/change_form.html"
    list_display = ["number", "name_ru", "name_en", "kind", "country", "state", "received_at"]
    list_display_links = ["number", "name_ru", "name_en"]
    list_filter = ["state", "kind", ("country", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["country"]
    search_fields = ["name_ru", "name_en", "email", "contact_name"]
    date_hierarchy = "received_at"
    fieldsets = [
        (None, {"fields": ["number", "state", "kind", ("name_ru", "name_en"),
                           ("country", "population", "website"), "language"]}),
        (_("Applicant"), {"fields": [("head_name", "head_position"),
                                  ("contact_name", "contact_position"), ("email", "phone")]}),
        (_("Letter and papers"), {"fields": ["statement", "papers", "charter_accepted_at",
                                             "data_consent_at", "received_at"]}),
        (_("Decision"), {"fields": ["decided_on", "decided_by", "reason", "scan", "record"]}),
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return [name for _title, part in self.fieldsets for row in part["fields"]
                for name in ([row] if isinstance(row, str) else row)]  # fmt: skip

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("number"), ordering="serial")
    def number(self, application):
        return application.number

    @admin.display(description=_("papers"))
    def papers(self, application):
        rows = application.files.select_related("file")
        parts = [(row.get_kind_display(), file_link(row.file)) for row in rows]
        return format_html_join(", ", "{}: {}", parts) or "—"

    @admin.display(description=_("document of the decision"))
    def scan(self, application):
        return file_link(application.document) if application.document else "—"

    @admin.display(description=_("record of the member"))
    def record(self, application):
        if not application.member:
            return "—"
        address = reverse("admin:members_member_change", args=[application.member_id])
        return format_html_join("", '<a href="{}">{}</a>', [(address, application.member)])

    def get_urls(self):
        view = self.admin_site.admin_view(self.deed_view)
        name = "members_membershipapplication_deed"
        return [path("<int:pk>/deed/<slug:deed>/", view, name=name)] + super().get_urls()

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["deeds"] = self._deeds(request, obj) if obj else []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _deeds(self, request, application) -> list[tuple[str, Any]]:
        """Addresses and words of what may be done now."""
        if not self.has_change_permission(request, application):
            return []
        state, open_states = application.state, MembershipApplication.OPEN
        offered = list(DEEDS) if state == "received" else [
            one for one in DEEDS if one != "before-body" and state in open_states
        ]  # fmt: skip
        return [(f"../deed/{deed}/", DEEDS[deed][3]) for deed in offered]

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """One of DEEDS: ask what it needs, carry it out."""
        application = get_object_or_404(MembershipApplication, pk=pk)
        if not self.has_change_permission(request, application):
            raise PermissionDenied
        if deed not in DEEDS:
            raise Http404
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = self._form(request, deed)
        if request.method == "POST" and form.is_valid():
            try:
                key = form.cleaned_data["form_key"]
                return once(key, lambda: self._carry_out(request, application, deed, form))
            except ValidationError as refusal:
                form.add_refusal(refusal)
        return self._page(request, application, deed, form)

    def _form(self, request: HttpRequest, deed: str) -> OneTimeKeyMixin:
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        options = {"admin_site": self.admin_site} if deed == "accept" else {}
        return DEEDS[deed][0](*posted, **options)

    def _carry_out(self, request, application, deed: str, form) -> str:
        DEEDS[deed][1](application, form, request.user)
        application.refresh_from_db()
        words = {"number": application.number, "state": application.get_state_display()}
        self.message_user(request, _("No. %(number)s: %(state)s.") % words, messages.SUCCESS)
        return reverse(CHANGE, args=[application.pk])

    def _page(self, request, application, deed: str, form) -> HttpResponse:
        _form, _deed, title, button, lead = DEEDS[deed]
        names = [field.name for field in form.visible_fields()]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "button": button, "lead": lead, "opts": self.opts, "media": self.media + form.media,
            "title": title % application.number,
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/decision.html", context)


admin.site.register(MembershipApplication, MembershipApplicationAdmin)
