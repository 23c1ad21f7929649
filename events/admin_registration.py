"""Delegations and participants on the desk of the secretariat."""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.languages import in_language
from events import deciding, registration
from events.models import Delegation, Participant
from events.models.registration import HOLDING
from members import naming


class DecisionFilter(admin.SimpleListFilter):
    title = _("decision")
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("open", _("over the quota, to decide"))]

    def queryset(self, request, queryset):
        return queryset.to_decide() if self.value() == "open" else queryset


class ReadOnlyMixin:
    """Rows that representatives keep: staff see them, and act through the actions."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.model._meta.fields]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        nothing_to_save = {"show_save": False, "show_save_and_continue": False}
        context = {**(extra_context or {}), **nothing_to_save}
        return super().change_view(request, object_id, form_url, context)


@admin.register(Participant)
class ParticipantAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["__str__", "name_latin", "city", "event", "status", "is_head", "queued_at"]
    list_filter = [DecisionFilter, "status", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "delegation__member"]
    search_fields = ["name_cyrillic", "name_latin", "email"]
    ordering = ["event", "delegation", "order", "pk"]
    actions = ["let_in", "turn_down", "take_out"]
    fields = [
        "event", "delegation", "name_cyrillic", "name_latin", "position_ru", "position_en",
        "email", "language", "is_head", "status", "departure", "queued_at", "confirmed_at",
        "offer_expires_at", "created_at",
    ]  # fmt: skip

    @admin.display(description=_("member"), ordering="delegation__member__sort_key_ru")
    def city(self, participant):
        return in_language(participant, "name_then")[0]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return naming.with_names_then(rows, "delegation__member", "event__starts_at")

    @admin.action(description=_("Over the quota: let in"), permissions=["change"])
    def let_in(self, request, queryset):
        self._decide(request, queryset, accept=True)

    @admin.action(description=_("Over the quota: turn down"), permissions=["change"])
    def turn_down(self, request, queryset):
        self._decide(request, queryset, accept=False)

    def _decide(self, request, queryset, accept: bool) -> None:
        over = queryset.filter(status=Participant.Status.OVER_QUOTA).order_by("order", "pk")
        self._each(
            request,
            over,
            lambda person: deciding.decide_over_quota(person, accept, request.user),
        )

    @admin.action(description=_("Take out of the event"), permissions=["change"])
    def take_out(self, request, queryset):
        self._each(
            request,
            queryset.active(),
            lambda person: registration.cancel_participant(person, request.user),
        )

    def _each(self, request, people, deed) -> None:
        """Do the deed for each person; what is refused is said once for each reason."""
        done, reasons = 0, []
        for person in people:
            try:
                deed(person)
                done += 1
            except registration.RegistrationRefused as refused:
                reasons.append(str(refused))
        words = ngettext("Done for %(number)d person.", "Done for %(number)d people.", done)
        self.message_user(request, words % {"number": done})
        for reason in dict.fromkeys(reasons):
            self.message_user(request, reason, messages.ERROR)


class ParticipantInline(admin.TabularInline):
    model = Participant
    fields = ["order", "name_cyrillic", "name_latin", "email", "status", "is_head"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj):
        return False


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["city", "event", "placed", "queued", "registered_by", "created_at"]
    list_filter = [("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["member", "event", "registered_by"]
    search_fields = ["member__name_ru", "member__name_en", "event__title_ru", "event__title_en"]
    fields = ["event", "member", "note", "registered_by", "created_at", "updated_at"]
    inlines = [ParticipantInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return naming.with_names_then(rows, "member", "event__starts_at").annotate(
            placed_total=Count("participants", filter=Q(participants__status__in=HOLDING)),
            queued_total=Count("participants", filter=Q(participants__status="waiting")),
        )

    @admin.display(description=_("member"), ordering="member__sort_key_ru")
    def city(self, delegation):
        return in_language(delegation, "name_then")[0]

    @admin.display(description=_("with a place"), ordering="placed_total")
    def placed(self, delegation):
        return delegation.placed_total

    @admin.display(description=_("waiting list"), ordering="queued_total")
    def queued(self, delegation):
        return delegation.queued_total
