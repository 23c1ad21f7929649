"""Bodies and seats in the admin: the composition on a day, and the deeds on each seat."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import (
    TranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)

from content.dated import today
from content.downloads import pdf_response
from content.record_admin import PublicRecordAdmin, TranslationFilter
from governance import desk, letters, vacancies
from governance.composition import composition
from governance.models import Body, BodyName, Seat, SeatFilling, SeatTerm
from members.as_of import AsOfForm

DAYS = [("starts_on", "starts_precision"), ("ends_on", "ends_precision")]


class AliasInline(TranslationTabularInline):
    model = BodyName
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Either language is enough; the constraint demands one of them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in ("name_ru", "name_en"):
            field.required = False
        return field


class SeatInline(TranslationStackedInline):
    model = Seat
    fieldsets = [
        (None, {"fields": [("title_ru", "title_en"), ("order", "by_office"), *DAYS]})
    ]  # fmt: skip
    extra = 0
    show_change_link = True

    def has_delete_permission(self, request, obj=None):
        return False  # a seat that is gone has a last day


class BodyAdmin(PublicRecordAdmin):
    change_form_template = "admin/governance/body/change_form.html"
    change_list_template = "admin/governance/body/change_list.html"
    list_display = ["name_ru", "name_en", "kind", "organisation", "parent"]
    list_filter = ["kind", TranslationFilter]
    list_select_related = ["organisation", "parent"]
    search_fields = ["name_ru", "name_en", "aliases__name_ru", "aliases__name_en"]
    autocomplete_fields = ["organisation", "parent"]
    inlines = [AliasInline, SeatInline]
    fieldsets = [
        (None, {"fields": [("name_ru", "name_en"), ("organisation", "parent", "kind"), "slug"]}),
        (_("Texts"), {"fields": [("description_ru", "description_en"), "small_edit"]}),
        (
            _("Rules"),
            {
                "fields": [
                    ("quorum_share", "order"),
                    ("founded_on", "founded_precision", "dissolved_on"),
                ]
            },
        ),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("vacancies/", view(self.vacancies_view), name="governance_body_vacancies"),
            path(
                "<int:pk>/composition/", view(self.composition_view),
                name="governance_body_composition",
            ),
            *super().get_urls(),
        ]  # fmt: skip

    def composition_view(self, request, pk: int) -> HttpResponse:
        """Who sits where on a day; every seat with what may be done about it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        body = get_object_or_404(Body, pk=pk)
        form = AsOfForm(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "body": body,
            "form": form,
            "shown": form.day or today(),
            "rows": composition(body, form.day),
            "may_write": request.user.has_perm("governance.change_seatterm"),
            "opts": self.opts,
            "title": _("Composition: %s") % body,
        }
        return TemplateResponse(request, "admin/governance/composition.html", context)

    def vacancies_view(self, request) -> HttpResponse:
        """Seats of members to be filled, and members without a head."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = vacancies.vacancies()
        waiting = vacancies.waiting_for(one.term for one in found)
        context = {
            **self.admin_site.each_context(request),
            "found": [
                {"term": one.term, "last": one.last, "since": one.since,
                 "proposal": waiting.get(one.term.pk)}
                for one in found
            ],
            "heads": vacancies.vacant_heads(),
            "may_write": request.user.has_perm("governance.add_seatfilling"),
            "opts": self.opts,
            "title": _("Seats to be filled"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/governance/vacancies.html", context)


class SeatTermInline(TranslationStackedInline):
    model = SeatTerm
    autocomplete_fields = ["member", "person"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("member", "person", "is_re_elected"),
                    *DAYS,
                    "end_reason",
                    ("note_ru", "note_en"),
                ]
            },
        )
    ]
    extra = 0
    show_change_link = True

    def has_delete_permission(self, request, obj=None):
        return False  # a term ends with its last day


class SeatAdmin(TranslationAdmin):
    list_display = ["title_ru", "title_en", "body", "by_office"]
    list_filter = ["by_office"]
    list_select_related = ["body"]
    search_fields = ["title_ru", "title_en", "body__name_ru", "body__name_en"]
    autocomplete_fields = ["body"]
    inlines = [SeatTermInline]
    fieldsets = [
        (None, {"fields": ["body", ("title_ru", "title_en"), ("order", "by_office"), *DAYS]})
    ]  # fmt: skip

    def has_delete_permission(self, request, obj=None):
        return False  # a seat that is gone has a last day

    def get_urls(self):
        give = self.admin_site.admin_view(self.give_view)
        return [path("<int:pk>/give/", give, name="governance_seat_give"), *super().get_urls()]

    def give_view(self, request, pk: int) -> HttpResponse:
        """Give this seat to a member or a person."""
        return desk.give_seat(self, request, pk)


class FillingInline(TranslationStackedInline):
    model = SeatFilling
    autocomplete_fields = ["person"]
    readonly_fields = ["office_term", "mandate"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("person", "role", "has_mandate"),
                    *DAYS,
                    ("office_term", "mandate"),
                    ("note_ru", "note_en"),
                ]
            },
        )
    ]
    extra = 0


class SeatTermAdmin(TranslationAdmin):
    """The terms of seats: with whoever filled them, since when."""

    list_display = ["seat", "member", "person", "starts_on", "ends_on"]
    list_select_related = ["seat__body", "member", "person"]
    search_fields = ["member__name_search", "person__full_name_ru", "person__full_name_en",
                     "seat__body__name_ru", "seat__body__name_en"]  # fmt: skip
    autocomplete_fields = ["seat", "member", "person"]
    inlines = [FillingInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "seat",
                    ("member", "person", "is_re_elected"),
                    *DAYS,
                    "end_reason",
                    ("note_ru", "note_en"),
                ]
            },
        )
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # a term ends with its last day

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/end/", view(self.end_view), name="governance_seatterm_end"),
            path("<int:pk>/fill/", view(self.fill_view), name="governance_seatterm_fill"),
            path("<int:pk>/letter.pdf", view(self.letter_view), name="governance_seatterm_letter"),
            *super().get_urls(),
        ]

    def end_view(self, request, pk: int) -> HttpResponse:
        """End the term of a seat."""
        return desk.end_seat(self, request, pk)

    def fill_view(self, request, pk: int) -> HttpResponse:
        """Name a delegate or a substitute."""
        return desk.fill_seat(self, request, pk)

    def letter_view(self, request, pk: int) -> HttpResponse:
        """The draft of the President's letter that asks the member for a new delegate."""
        if not request.user.has_perm("governance.change_seatterm"):
            raise PermissionDenied
        terms = SeatTerm.objects.select_related("seat__body__organisation", "member")
        term = get_object_or_404(terms, pk=pk, member__isnull=False)
        return pdf_response(letters.request_letter(term), f"delegate-{term.pk}.pdf")
