"""Requests of members and wishes for partners in the admin."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from content.editing import VersionedAdminMixin
from content.languages import in_language
from partnerships import helping, matching
from partnerships.admin_forms import AnswerForm
from partnerships.models import HelpRequest, HelpStep, MatchWish


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [("received,in_work", _("to answer")), *HelpRequest.State.choices]

    def queryset(self, request, queryset):
        return queryset.filter(state__in=self.value().split(",")) if self.value() else queryset


class StepInline(admin.TabularInline):
    """The history; the capabilities write it."""

    model = HelpStep
    fields = readonly_fields = ["at", "state", "by", "text"]
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(HelpRequest)
class HelpRequestAdmin(VersionedAdminMixin, admin.ModelAdmin):
    """Staff take a request into work, answer and close it; what the member wrote stays."""

    form = AnswerForm
    list_display = ["subject", "member", "kind", "state", "created_at", "answered_by"]
    list_filter = [StateFilter, "kind"]
    list_select_related = ["member", "answered_by"]
    search_fields = ["subject", "text", "member__name_search"]
    ordering = ["created_at", "pk"]
    inlines = [StepInline]
    actions = ["take", "close"]
    fields = [
        ("member", "kind", "state"), "subject", "text",
        ("wished_country", "wished_city", "wished_member"), ("created_by", "created_at"), "answer",
    ]  # fmt: skip
    readonly_fields = [
        "member", "kind", "state", "subject", "text", "wished_country", "wished_city",
        "wished_member", "created_by", "created_at",
    ]  # fmt: skip

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if "answer" not in form.changed_data:
            return
        try:
            done = helping.answer(obj, form.cleaned_data["answer"], request.user)
            obj.version = done.version
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)

    @admin.action(description=_("Take into work"), permissions=["change"])
    def take(self, request, queryset):
        for one in queryset:
            helping.take(one, request.user)
        self.message_user(request, _("The members are told that somebody works on it."))

    @admin.action(description=_("Close the requests"), permissions=["change"])
    def close(self, request, queryset):
        for one in queryset:
            helping.close(one, request.user)
        self.message_user(request, _("Closed."))


@admin.register(MatchWish)
class MatchWishAdmin(admin.ModelAdmin):
    """Who looks for partners, and who would fit; the members say so themselves."""

    list_display = ["member", "opted_by", "opted_at"]
    list_select_related = ["member", "opted_by"]
    search_fields = ["member__name_search"]
    fields = readonly_fields = ["member", "opted_by", "opted_at", "fitting"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("cities that would fit"))
    def fitting(self, wish):
        """Each with the topics both care for."""
        rows = [
            (
                one.member.get_absolute_url(),
                in_language(one.member, "name")[0],
                ", ".join(in_language(topic, "title")[0] for topic in one.topics),
            )
            for one in matching.matches_for(wish.member)
        ]
        return format_html_join("", '<p><a href="{}">{}</a>: {}</p>', rows) or "—"
