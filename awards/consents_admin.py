"""The ledger of consents in the admin: a page per child, for the two roles that may see children.

Opening a scan is written into the journal, without any name.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from awards import consents
from awards.batch_forms import ConsentForm
from awards.entries_admin import ReadOnlyMixin
from awards.models import Author, GuardianConsent, PrintedCopy
from content import audit, privatefiles
from content.privatefiles import all_or_nothing

VIEW = "awards.view_guardianconsent"
Purpose = GuardianConsent.Purpose


class RecordForm(ConsentForm):
    """A consent that came on paper: staff write it down, with the sheet as a scan."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Allowed"), choices=Purpose.choices, initial=[Purpose.ENTRY],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_public = None
    field_order = ["purposes", "given_on", "scan"]


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("consent to take part")
    parameter_name = "consent"

    def lookups(self, request, model_admin):
        return [
            ("given", pgettext("consent", "given")),
            ("missing", pgettext("consent", "missing")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in ("given", "missing"):
            return queryset
        return queryset.filter(may_enter=self.value() == "given")


@admin.register(Author)
class AuthorAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """A child with its consents: what is allowed, since when, by which sheet."""

    list_display = ["names", "age", "work", "entry_round", "may_enter_shown", "may_show_shown"]
    list_filter = [("entry__round", admin.RelatedOnlyFieldListFilter), StateFilter]
    list_select_related = ["entry__round__award"]
    search_fields = ["family_name_ru", "given_name_ru", "family_name_en", "given_name_en",
                     "=entry__number"]  # fmt: skip
    search_help_text = gettext_lazy("Name of the child, or number of the work.")
    fields = ["names", "age", "work", "entry_round", "institution", "teacher", "ledger", "copies",
              "tools"]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request):
        valid = GuardianConsent.objects.filter(author=OuterRef("pk"), withdrawn_at=None)
        return (
            super()
            .get_queryset(request)
            .annotate(
                may_enter=Exists(valid.filter(purpose=Purpose.ENTRY)),
                may_show=Exists(valid.filter(purpose=Purpose.PUBLIC)),
            )
        )

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and request.user.has_perm(VIEW)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/consent/", wrap(self.record_view), name="awards_author_consent"),
            path(
                "<int:pk>/withdraw/<str:purpose>/",
                wrap(self.withdraw_view),
                name="awards_author_withdraw",
            ),
            path("scan/<int:pk>/", wrap(self.scan_view), name="awards_consent_scan"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("child"))
    def names(self, author):
        russian = f"{author.given_name_ru} {author.family_name_ru}".strip()
        return russian or f"{author.given_name_en} {author.family_name_en}".strip()

    @admin.display(description=gettext_lazy("work"))
    def work(self, author):
        return author.entry

    @admin.display(description=pgettext_lazy("of an award", "round"))
    def entry_round(self, author):
        return author.entry.round

    @admin.display(description=gettext_lazy("may take part"), boolean=True)
    def may_enter_shown(self, author):
        return author.may_enter

    @admin.display(description=gettext_lazy("may be shown"), boolean=True)
    def may_show_shown(self, author):
        return author.may_show

    @admin.display(description=gettext_lazy("school"))
    def institution(self, author):
        return author.institution_ru or author.institution_en or "—"

    @admin.display(description=gettext_lazy("teacher"))
    def teacher(self, author):
        return author.teacher_ru or author.teacher_en or "—"

    @admin.display(description=gettext_lazy("consents"))
    def ledger(self, author):
        found = author.consents.select_related("recorded_by", "withdrawn_by").order_by("pk")
        return format_html_join("", "<p>{}</p>", [(_line(one),) for one in found]) or "—"

    @admin.display(description=gettext_lazy("copies on paper"))
    def copies(self, author):
        found = author.entry.printed_copies.all()
        return (
            format_html_join("", "<p>{}</p>", [(consents.copy_text(one),) for one in found]) or "—"
        )

    @admin.display(description=gettext_lazy("what you can do"))
    def tools(self, author):
        links = [(reverse("admin:awards_author_consent", args=[author.pk]), _("Record a consent"))]
        words = {
            Purpose.ENTRY: _("Withdraw the consent to take part"),
            Purpose.PUBLIC: _("Withdraw the consent to be shown"),
        }
        valid = author.consents.filter(withdrawn_at=None).order_by("purpose")
        for one in valid:
            address = reverse("admin:awards_author_withdraw", args=[author.pk, one.purpose])
            links.append((address, words[one.purpose]))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def record_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for what is allowed, the day and the scan."""
        author = self._author(request, pk, "awards.add_guardianconsent")
        form = RecordForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                record(author, form.cleaned_data, request.user)
                messages.success(request, _("The consent is written down."))
                return redirect("admin:awards_author_change", pk)
            except ValidationError as error:
                form.add_error(None, error.messages)
        return self._page(request, "consent", author, form=form, title=_("Record a consent"))

    def withdraw_view(self, request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
        """Asks once, then says what was hidden and which copies on paper there are."""
        author = self._author(request, pk, "awards.change_guardianconsent")
        if purpose not in Purpose.values:
            raise Http404
        done = None
        if request.method == "POST":
            done = consents.withdraw(author, purpose, request.user)
            if not done.ended:
                messages.info(request, _("There is no such consent any more."))
                return redirect("admin:awards_author_change", pk)
        context = {"title": _("Withdrawal of a consent"), "purpose": Purpose(purpose), "done": done,
                   "copies": author.entry.printed_copies.all()}  # fmt: skip
        return self._page(request, "withdraw", author, **context)

    def scan_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The signed sheet; that it was opened is written into the journal."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        consent = get_object_or_404(
            GuardianConsent.objects.select_related("scan", "author__entry").exclude(scan=None),
            pk=pk,
        )
        audit.record(
            "awards.consent_opened", consent.author.entry, request.user,
            "A signed sheet of a consent was opened",
        )  # fmt: skip
        return privatefiles.response_for(consent.scan)

    def _author(self, request: HttpRequest, pk: int, permission: str) -> Author:
        if not (request.user.has_perm(permission) and self.has_view_permission(request)):
            raise PermissionDenied
        return get_object_or_404(Author.objects.select_related("entry__round__award"), pk=pk)

    def _page(self, request: HttpRequest, name: str, author: Author, **context) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "author": author, "opts": self.opts,
                  "names": self.names(author)}  # fmt: skip
        return TemplateResponse(
            request, f"admin/awards/author_{name}.html", {**shared, **context}
        )  # fmt: skip


@all_or_nothing()
def record(author: Author, data: dict, by) -> None:
    """Write down what one sheet allows; the scan is kept once."""
    scan = consents.keep_scan(data["scan"])
    for purpose in data["purposes"]:
        consents.give(author, purpose, data["given_on"], scan, by)


def _line(consent: GuardianConsent) -> SafeString:
    text = _("%(purpose)s, given on %(day)s") % {
        "purpose": consent.get_purpose_display(), "day": f"{consent.given_on:%d.%m.%Y}",
    }  # fmt: skip
    if consent.withdrawn_at:
        text += "; " + _("withdrawn on %(day)s") % {"day": f"{consent.withdrawn_at:%d.%m.%Y}"}
    if consent.scan_id is None:
        return format_html("{} ({})", text, _("without a scan"))
    address = reverse("admin:awards_consent_scan", args=[consent.pk])
    return format_html('{} · <a href="{}">{}</a>', text, address, _("Open the sheet"))


@admin.register(PrintedCopy)
class PrintedCopyAdmin(admin.ModelAdmin):
    """Where works were printed or hung: listed when a consent is withdrawn."""

    list_display = ["what", "where", "copies", "printed_on", "entry"]
    list_filter = [("entry__round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entry"]
    search_fields = ["what", "where", "=entry__number"]
    autocomplete_fields = ["entry"]
    fields = ["entry", "what", "where", "copies", "printed_on"]
