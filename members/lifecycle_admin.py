"""The desk of the life cycle in the admin: statuses of a member, rules of counting, prospects."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from content.dates import day_text, local_day, partial_text
from content.editing import VersionedAdminMixin, answered, once
from content.models import PrivateFile
from content.timezones import association_zone
from members.lifecycle import came_and_went
from members.lifecycle_forms import StatusForm
from members.models import CountingRule, Member, Prospect, StatusChange

MAY_CHANGE = "members.add_statuschange"


def file_link(kept: PrivateFile) -> SafeString:
    """A link to a private file, named as it was uploaded."""
    return format_html('<a href="{}">{}</a>', reverse("content:file", args=[kept.pk]), kept.name)


class MembershipFilter(admin.SimpleListFilter):
    title = _("membership")
    parameter_name = "membership"

    def lookups(self, request, model_admin):
        return [
            ("members", _("members today")), ("others", _("all others")),
            ("changed", _("not the same as yesterday")),
        ]  # fmt: skip

    def queryset(self, request, queryset):
        if self.value() == "members":
            return queryset.members()
        if self.value() == "others":
            return queryset.exclude(pk__in=Member.objects.members().values("pk"))
        if self.value() == "changed":
            return queryset.filter(pk__in=came_and_went()[0] | came_and_went()[1])
        return queryset


class PlaceFilter(admin.SimpleListFilter):
    title = _("place on the map")
    parameter_name = "place"

    def lookups(self, request, model_admin):
        return [("known", _("with coordinates")), ("none", _("without coordinates"))]

    def queryset(self, request, queryset):
        if self.value() not in ("known", "none"):
            return queryset
        return queryset.filter(latitude__isnull=self.value() == "none")


class StatusFilter(admin.SimpleListFilter):
    """Members by their status of today."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [*StatusChange.Status.choices, ("none", _("never applied"))]

    def queryset(self, request, queryset):
        value = self.value()
        if value == "none":
            return queryset.with_status().filter(status__isnull=True)
        if value in StatusChange.Status.values:
            return queryset.with_status().filter(status=value)
        return queryset


class StatusInline(TranslationStackedInline):
    """The history of a member's status, to be read: it is written by the form “Change the status”.

    Days are corrected in the membership periods; the steps follow.
    """

    model = StatusChange
    fields = ["step", "decided_by_ru", "decided_by_en", "reason_ru", "reason_en", "scan",
              "recorded"]  # fmt: skip
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("member", "document", "recorded_by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("status"))
    def step(self, change):
        day = partial_text(change.happened_on, change.precision)
        return _("%(status)s from %(day)s") % {"status": change.get_status_display(), "day": day}

    @admin.display(description=_("document"))
    def scan(self, change):
        return file_link(change.document) if change.document else "—"

    @admin.display(description=_("recorded"))
    def recorded(self, change):
        day = local_day(change.recorded_at, association_zone())
        return f"{day_text(day)}, {change.recorded_by or '—'}"


class StatusDesk:
    """For the admin of members: the page on which a status is changed."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.status_view)
        return [path("<int:pk>/status/", view, name="members_member_status"), *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_change_status"] = obj and request.user.has_perm(MAY_CHANGE)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def status_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the next status, its day and reason, and write it."""
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        if done := answered(request.POST.get("form_key", "")):
            return done
        member = get_object_or_404(Member, pk=pk)
        posted = (request.POST, request.FILES) if request.method == "POST" else ()
        form = StatusForm(*posted, member=member)
        if request.method == "POST" and form.is_valid():
            try:
                key = form.cleaned_data["form_key"]
                return once(key, lambda: self._change_status(request, member, form))
            except ValidationError as refusal:
                form.add_refusal(refusal)
        return self._status_page(request, member, form)

    def _change_status(self, request, member: Member, form: StatusForm) -> str:
        step = form.record(member, request.user)
        words = {"member": member, "status": step.get_status_display(),
                 "day": partial_text(step.happened_on, step.precision)}  # fmt: skip
        self.message_user(request, _("%(member)s: %(status)s from %(day)s.") % words,
                          messages.SUCCESS)  # fmt: skip
        return reverse("admin:members_member_change", args=[member.pk])

    def _status_page(self, request, member: Member, form: StatusForm) -> HttpResponse:
        names = [field.name for field in form.visible_fields()]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [(None, {"fields": names})], {}, model_admin=self),
            "button": _("Change the status"),
            "lead": _("The page of a member stays public whatever its status is."),
            "opts": self.opts,
            "title": _("Change the status of %s") % member,
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)


class CountingRuleAdmin(admin.ModelAdmin):
    list_display = ["__str__", "starts_on", "ends_on", "note"]
    fieldsets = [
        (None, {"fields": ["counts_from", "note"]}),
        (_("Valid"), {"fields": [("starts_on", "starts_precision"),
                                 ("ends_on", "ends_precision")]}),
    ]  # fmt: skip


class DueFilter(admin.SimpleListFilter):
    """Those with whom something is to be done by now."""

    title = _("next step")
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [("due", _("due by today"))]

    def queryset(self, request, queryset):
        return queryset.step_due() if self.value() == "due" else queryset


class ProspectAdmin(VersionedAdminMixin, TranslationAdmin):
    """Those who may apply one day; an application or a record is linked once there is one."""

    list_display = ["__str__", "country", "state", "next_step", "next_step_on", "kept_by"]
    list_filter = [DueFilter, "state", "kind", "country"]
    list_select_related = ["country", "kept_by"]
    search_fields = ["name_ru", "name_en", "contact"]
    autocomplete_fields = ["country", "kept_by", "member", "application"]
    date_hierarchy = "next_step_on"
    fieldsets = [
        (None, {"fields": [("name_ru", "name_en"), ("kind", "country"), "state"]}),
        (_("Contact"), {"fields": ["contact", "origin", "kept_by",
                                   ("next_step", "next_step_on")]}),
        (_("What came of it"), {"fields": [("application", "member")]}),
    ]  # fmt: skip

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Either language is enough for a name; the constraint demands one of them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("name_ru", "name_en"):
            field.required = False
        return field


admin.site.register(CountingRule, CountingRuleAdmin)
admin.site.register(Prospect, ProspectAdmin)
