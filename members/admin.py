"""The members in the admin: names, figures, periods, representatives beside the profile."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content import timezones
from content.editing import once
from content.record_admin import PublicRecordAdmin, PublicRecordForm, TranslationFilter
from members import (
    application_admin,  # noqa: F401 - registers itself
    handover_admin,
    import_admin,
    linkcheck_admin,  # noqa: F401 - registers itself
    moderation_admin,
    naming,
    representatives,
    steps,
)
from members.certificate_admin import CertificateDesk
from members.composition_admin import CompositionInline
from members.desk_admin import ConfirmationAdmin, DepartmentAdmin, PaperDesk
from members.lifecycle_admin import (
    MembershipFilter,
    PlaceFilter,
    StatusDesk,
    StatusFilter,
    StatusInline,
)
from members.models import (
    Confirmation,
    Country,
    Department,
    Handover,
    Member,
    MemberFigure,
    MemberImport,
    MemberName,
    MembershipPeriod,
    ProfileUpdate,
    Representative,
    SizeCategory,
)
from members.quiet import QuietFilter
from members.staff_forms import (
    InviteRepresentativeForm,
    MandateForm,
    MandateFormSet,
    NameFormSet,
    PeriodFormSet,
)
from members.web_addresses import WebAddressField

DAYS = ["starts_on", "starts_precision", "ends_on", "ends_precision"]

admin.site.register(ProfileUpdate, moderation_admin.ProfileUpdateAdmin)
admin.site.register(Confirmation, ConfirmationAdmin)
admin.site.register(Department, DepartmentAdmin)
admin.site.register(Handover, handover_admin.HandoverAdmin)
admin.site.register(MemberImport, import_admin.MemberImportAdmin)


class NameInline(TranslationStackedInline):
    model = MemberName
    formset = NameFormSet
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_ru", "name_en"),
                    ("kind", "native", "native_language"),
                    tuple(DAYS),
                ]
            },
        )
    ]
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Either language is enough for a name; the constraint demands one of them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("name_ru", "name_en"):
            field.required = False
        return field


class PeriodInline(admin.StackedInline):
    model = MembershipPeriod
    formset = PeriodFormSet
    fields = [tuple(DAYS), "note"]
    extra = 0


class FigureInline(TranslationStackedInline):
    model = MemberFigure
    fieldsets = [(None, {"fields": [("kind", "year", "value"), ("source_ru", "source_en")]})]
    extra = 0


class RepresentativeInline(admin.StackedInline):
    """Mandates are given by an invitation and ended by their last day, never deleted.

    What was done keeps its author.
    """

    model = Representative
    form = MandateForm
    formset = MandateFormSet
    fields = [("user", "role", "position"), ("starts_on", "ends_on")]
    readonly_fields = ["user", "starts_on"]
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")

    def has_add_permission(self, request, obj=None):
        return False


class MemberForm(PublicRecordForm):
    time_zone = forms.ChoiceField(
        label=_("time zone"), initial=Member._meta.get_field("time_zone").default
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("time_zone"):
            known = timezones.choices()
            own = self.instance.time_zone
            field.choices = known if own in dict(known) else [*known, (own, own)]


@admin.register(Member)
class MemberAdmin(PaperDesk, StatusDesk, CertificateDesk, PublicRecordAdmin):
    form = MemberForm
    change_form_template = "admin/members/member/change_form.html"
    list_display = ["name_ru", "name_en", "kind", "country", "is_member", "slug"]
    list_filter = [
        MembershipFilter, StatusFilter, QuietFilter, PlaceFilter, "kind", TranslationFilter,
        ("country", admin.RelatedOnlyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["country"]
    search_fields = ["name_search"]
    autocomplete_fields = ["country", "photo", "emblem", "topics"]
    formfield_overrides = {
        **PublicRecordAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https", "form_class": WebAddressField},
    }
    inlines = [NameInline, PeriodInline, StatusInline, FigureInline, RepresentativeInline]
    fieldsets = [
        (None, {"fields": [("name_ru", "name_en"), ("kind", "country"), "slug",
                           ("is_country_capital", "is_region_capital")]}),
        (
            _("Profile"),
            {"fields": [("slogan_ru", "slogan_en"), ("about_ru", "about_en"), "small_edit",
                        ("photo", "emblem"), "topics"]},
        ),
        (
            _("Contacts"),
            {"fields": [("website", "investment_url", "tourism_url"), ("email", "phone")]},
        ),
        (_("Place"), {"fields": ["time_zone", ("latitude", "longitude", "geonames_id")]}),
    ]  # fmt: skip

    def get_queryset(self, request):
        periods = MembershipPeriod.objects.on().filter(member=OuterRef("pk"))
        return super().get_queryset(request).annotate(belongs=Exists(periods))

    def get_search_results(self, request, queryset, search_term):
        return queryset.named_like(search_term), False

    def get_readonly_fields(self, request, obj=None):
        # The name of today follows from the dated names below.
        given = super().get_readonly_fields(request, obj)
        return [*given, "name_ru", "name_en"] if obj else given

    def get_inlines(self, request, obj):
        if obj is None:
            return self.inlines[1:]
        is_association = obj.kind == Member.Kind.ASSOCIATION
        return [*self.inlines, CompositionInline] if is_association else self.inlines

    def has_delete_permission(self, request, obj=None):
        return False  # a member that left keeps its page and its history

    @admin.display(description=_("member today"), boolean=True, ordering="belongs")
    def is_member(self, member):
        return member.belongs

    def save_formset(self, request, form, formset, change):
        if formset.model is not Representative:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)  # says what changed, for the history of the page
        changed = [mandate for mandate, _fields in formset.changed_objects]
        for mandate in sorted(changed, key=representatives.leads_first):
            representatives.change_role(mandate, mandate.role, mandate.position, request.user)
            representatives.end_mandate(mandate, mandate.ends_on, request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            naming.give_first_name(form.instance)
        steps.follow_periods([form.instance.pk])

    def get_urls(self):
        invite = self.admin_site.admin_view(self.invite_view)
        return [
            path("<int:pk>/invite/", invite, name="members_member_invite"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_invite"] = obj and request.user.has_perm("members.add_representative")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def invite_view(self, request, pk: int):
        """Invite a representative of this member."""
        if not request.user.has_perm("members.add_representative"):
            raise PermissionDenied
        member = get_object_or_404(Member, pk=pk)
        form = InviteRepresentativeForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                key = form.cleaned_data.pop("form_key")
                return once(key, lambda: self._invite(request, member, form.cleaned_data))
            except ValidationError as error:
                form.add_error(None, error.messages)
        names = [field.name for field in form.visible_fields()]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "button": _("Send the invitation"),
            "lead": _("The person gets a link that works once, for seven days."),
            "opts": self.opts,
            "title": _("Invite a representative of %s") % member,
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)

    def _invite(self, request, member: Member, typed: dict) -> str:
        mandate = representatives.invite_representative(member, by=request.user, **typed)
        text = _("%(person)s represents %(member)s. A letter is on its way.")
        words = {"person": mandate.user, "member": member}
        self.message_user(request, text % words, messages.SUCCESS)
        return reverse("admin:members_member_change", args=[member.pk])


@admin.register(Country)
class CountryAdmin(TranslationAdmin):
    list_display = ["code", "name_ru", "name_en", "is_in_region", "starts_on", "ends_on"]
    list_filter = ["is_in_region"]
    search_fields = ["code", "name_ru", "name_en"]
    fieldsets = [
        (None, {"fields": ["code", ("name_ru", "name_en"), "is_in_region"]}),
        (_("In the region"), {"fields": [tuple(DAYS[:2]), tuple(DAYS[2:])]}),
    ]


@admin.register(SizeCategory)
class SizeCategoryAdmin(TranslationAdmin):
    list_display = ["name_ru", "name_en", "minimum", "maximum", "starts_on", "ends_on"]
    fieldsets = [
        (None, {"fields": ["code", ("name_ru", "name_en"), ("minimum", "maximum")]}),
        (_("Valid"), {"fields": [tuple(DAYS[:2]), tuple(DAYS[2:])]}),
    ]
