"""Questionnaires in the admin: who takes part in an edition, and the deeds on one city."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modeltranslation.admin import TranslationAdmin

from content import privatefiles, tables
from content.editing import answered, once
from content.languages import in_language
from events.admin_registration import ReadOnlyMixin
from members.models import Member
from questionnaires import letters, paper_path, participants, participating, taking_part, workqueue
from questionnaires.models import QuestionnaireReminder, Response
from questionnaires.paper_admin import LetterDesk
from questionnaires.participants_deeds import DEEDS, DeedsMixin
from questionnaires.participants_forms import GuestForm
from questionnaires.refusals import Refused
from ratings.models import Edition

MAY = "questionnaires.change_response"
NAME = "questionnaires_response_"
LETTERS_WRITTEN = ("%(count)d letter is on the way.", "%(count)d letters are on the way.")


class WaitsFilter(admin.SimpleListFilter):
    """The lists of the front page: what waits for staff."""

    title = _("waits for staff")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [
            ("to_check", pgettext_lazy("questionnaires", "to be checked")),
            ("inhabitants", _("inhabitants are missing")),
            ("zone", _("guests without a zone")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in workqueue.LISTS:
            return queryset
        return queryset.filter(pk__in=workqueue.LISTS[self.value()]().values("pk"))


@admin.register(Response)
class ResponseAdmin(LetterDesk, DeedsMixin, ReadOnlyMixin, admin.ModelAdmin):
    """Cities answer in their cabinets; staff see how far they are, and do what is theirs."""

    change_list_template = "admin/questionnaires/response_list.html"
    list_display = ["city", "edition", "state", "is_guest", "zone", "population", "submitted_at"]
    list_filter = [WaitsFilter, "state", "is_guest", ("edition", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["edition", "member", "zone"]
    search_fields = ["member__name_search", "name_ru", "name_en"]
    fields = [
        "edition", "member", "name_ru", "name_en", "country", "zone", "is_guest", "population",
        "population_year", "population_source", "state", "left_out_reason", "submitted_at",
        "submitted_by", "letter_details", "files", "deeds",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "files", "deeds"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("edition__rating", "member", "letter", "paper", "country")

    @admin.display(description=_("city"), ordering="member__sort_key_ru")
    def city(self, response):
        return str(response)

    @admin.display(description=_("letter and paper"))
    def files(self, response):
        rows = [
            (reverse(f"admin:{NAME}file", args=[response.pk, one.pk]), one.name)
            for one in paper_path.files_of(response)
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', rows) or "—"

    @admin.display(description=_("deeds"))
    def deeds(self, response):
        rows = [
            (reverse(f"admin:{NAME}deed", args=[response.pk, deed.name]), deed.title)
            for deed in DEEDS.values() if deed.is_offered(response)
        ]  # fmt: skip
        if not paper_path.why_not(response):
            rows.append((reverse(f"admin:{NAME}letter", args=[response.pk]), _("Type in a letter")))
        return format_html_join(" · ", '<a href="{}">{}</a>', rows) or "—"

    def changelist_view(self, request, extra_context=None):
        editions = Edition.objects.held().filter(opened_at__isnull=False)
        extra = {"editions": editions.select_related("rating")}
        return super().changelist_view(request, {**(extra_context or {}), **extra})

    def get_urls(self):
        wrap = self.admin_site.admin_view
        edition = "edition/<int:edition>/"
        return [
            path(edition, wrap(self.participants_view), name=f"{NAME}edition"),
            path(f"{edition}guest/", wrap(self.guest_view), name=f"{NAME}guest"),
            path(f"{edition}do/<slug:deed>/", wrap(self.many_view), name=f"{NAME}many"),
            path(
                f"{edition}begin/<int:member>/", wrap(self.begin_view), name=f"{NAME}begin"
            ),
            path("<int:pk>/do/<slug:deed>/", wrap(self.deed_view), name=f"{NAME}deed"),
            path("<int:pk>/letter/", wrap(self.letter_view), name=f"{NAME}letter"),
            path("<int:pk>/files/<int:file>/", wrap(self.file_view), name=f"{NAME}file"),
            *super().get_urls(),
        ]  # fmt: skip

    def edition_of(self, request: HttpRequest, pk: int, permission: str = MAY) -> Edition:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(Edition.objects.held().select_related("rating"), pk=pk)

    def response_of(self, request: HttpRequest, pk: int, permission: str = MAY) -> Response:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def participants_view(self, request: HttpRequest, edition: int) -> HttpResponse:
        """Everybody with state, progress, inhabitants and class; or the same as a table."""
        row = self.edition_of(request, edition, "questionnaires.view_response")
        found = participants.lines(row)
        shown = participants.chosen(found, request.GET)
        name = f"participants-{row.slug}"
        if request.GET.get("format") == "csv":
            return tables.csv_response(
                name, participants.HEADINGS, map(participants.table_row, shown)
            )
        if request.GET.get("format") == "xlsx":
            return tables.xlsx_response(
                name, str(row), participants.HEADINGS, map(participants.table_row, shown)
            )
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "edition": row,
            "title": _("Who takes part"), "lines": shown, "counts": participants.counts(found),
            "classes": row.size_classes.all(), "asked": request.GET,
            "letters": sum(one.is_by_letter for one in found),
            "may_act": request.user.has_perm(MAY) and row.sealed_at is None,
            "takes_answers": row.takes_answers(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/questionnaires/participants.html", context)

    def many_view(self, request: HttpRequest, edition: int, deed: str) -> HttpResponse:
        """One deed for all cities: `invite`, `remind`, `fill`."""
        row = self.edition_of(request, edition)
        deeds = {"invite": self.invite, "remind": self.remind, "fill": self.fill}
        if deed not in deeds:
            raise Http404
        if request.method == "POST":
            try:
                self.message_user(request, deeds[deed](row, request.user), messages.SUCCESS)
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)
        return redirect(self.page_of(row))

    def invite(self, edition: Edition, user) -> str:
        number = letters.invite(edition, user)
        return ngettext(*LETTERS_WRITTEN, number) % {"count": number}

    def remind(self, edition: Edition, user) -> str:
        number = letters.write_to_unsent(edition, user)
        return ngettext(*LETTERS_WRITTEN, number) % {"count": number}

    def fill(self, edition: Edition, user) -> str:
        number = participating.fill_inhabitants(edition, user)
        words = ngettext(
            "%(count)d city has its number of inhabitants now.",
            "%(count)d cities have their number of inhabitants now.", number,
        )  # fmt: skip
        return words % {"count": number}

    def begin_view(self, request: HttpRequest, edition: int, member: int) -> HttpResponse:
        """Begin the questionnaire of a member that answered by letter."""
        row = self.edition_of(request, edition)
        city = get_object_or_404(Member, pk=member)
        if request.method != "POST":
            return redirect(self.page_of(row))
        try:
            response = taking_part.response_of(row, city, request.user)
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return redirect(self.page_of(row))
        return redirect(f"admin:{NAME}letter", response.pk)

    def guest_view(self, request: HttpRequest, edition: int) -> HttpResponse:
        """Add a guest: a record that is no member, or a name and a country."""
        row = self.edition_of(request, edition)
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = GuestForm(request.POST or None, edition=row)
        if request.method == "POST" and form.is_valid():
            try:
                return once(
                    form.cleaned_data["form_key"], lambda: self.add_guest(request, row, form)
                )
            except Refused as refused:
                form.add_error(None, str(refused))
        return self.form_page(
            request, form, _("Add a guest"), _("Add the guest"),
            lead=in_language(row, "title")[0],
        )  # fmt: skip

    def add_guest(self, request: HttpRequest, edition: Edition, form: GuestForm) -> str:
        response = participating.add_guest(edition, request.user, **form.given())
        self.message_user(request, _("The guest takes part."), messages.SUCCESS)
        return reverse(f"admin:{NAME}change", args=[response.pk])

    def file_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        """The letter, or the paper of what was sent."""
        response = self.response_of(request, pk, "questionnaires.view_response")
        found = next((one for one in paper_path.files_of(response) if one.pk == file), None)
        if found is None:
            raise Http404
        return privatefiles.response_for(found)

    def page_of(self, edition: Edition) -> str:
        return reverse(f"admin:{NAME}edition", args=[edition.pk])


@admin.register(QuestionnaireReminder)
class QuestionnaireReminderAdmin(TranslationAdmin):
    """When cities are reminded; without rows, two weeks, three days and one day before."""

    list_display = ["edition", "distance_words", "has_own_words"]
    list_filter = [("edition", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["edition__rating"]
    search_fields = ["edition__title_ru", "edition__title_en"]
    autocomplete_fields = ["edition"]
    fields = ["edition", ("amount", "unit"), "subject_ru", "subject_en", "text_ru", "text_en"]

    def save_model(self, request, obj, form, change):
        obj.audience = QuestionnaireReminder.UNSENT
        super().save_model(request, obj, form, change)
