"""Subscriptions, mail that came back and weekly digests, for the secretariat."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from content import audit, tables
from newsletter import bounces, bulletin_admin, digests, subscribing  # noqa: F401 - registers a model
from newsletter.models import Bounce, Digest, Subscription


class KeptByThePortalMixin:
    """Rows that staff read, and act on through the actions."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [*self.fields]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        nothing_to_save = {"show_save": False, "show_save_and_continue": False}
        context = {**(extra_context or {}), **nothing_to_save}
        return super().change_view(request, object_id, form_url, context)


@admin.register(Subscription)
class SubscriptionAdmin(KeptByThePortalMixin, admin.ModelAdmin):
    """Staff subscribe nobody: the owner of the address confirms. They end what is asked of them."""

    list_display = ["__str__", "language", "state", "source", "confirmed_at", "soft_bounces"]
    list_filter = ["state", "language", "source", "topics"]
    search_fields = ["email"]
    search_help_text = _("Search by address")
    fields = [
        "email", "state", "language", "shown_topics", "kinds", "source", "consent_version",
        "asked_at", "confirmed_at", "paused_at", "left_at", "soft_bounces",
    ]  # fmt: skip
    actions = ["end", "resume"]
    change_list_template = "admin/newsletter/subscription_list.html"

    @admin.display(description=_("topics"))
    def shown_topics(self, row):
        return ", ".join(str(topic) for topic in row.topics.all()) or _("all topics")

    def get_urls(self):
        export = self.admin_site.admin_view(require_POST(self.export_view))
        own = path("export/", export, name="newsletter_subscription_export")
        return [own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = request.user.has_perm("newsletter.export_subscription")
        return super().changelist_view(request, {**(extra_context or {}), "may_export": may})

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The addresses of who is subscribed, as a workbook; the audit log says who took them."""
        if not request.user.has_perm("newsletter.export_subscription"):
            raise PermissionDenied
        rows = list(Subscription.objects.active().prefetch_related("topics").order_by("email"))
        audit.record("newsletter.exported", None, request.user, f"{len(rows)} addresses")
        headings = [
            _("e-mail"),
            _("language"),
            _("topics"),
            _("confirmed at"),
            _("version of the consent"),
        ]
        table = [
            [row.email, row.get_language_display(),
             ", ".join(str(topic) for topic in row.topics.all()), row.confirmed_at,
             row.consent_version]
            for row in rows
        ]  # fmt: skip
        return tables.xlsx_response("subscribers", str(_("Subscribers")), headings, table)

    @admin.action(
        description=_("End the subscription: its owner asked us to"), permissions=["change"]
    )
    def end(self, request, queryset):
        done = sum(subscribing.leave(row, request.user) for row in queryset)
        text = ngettext("%(n)d subscription has ended.", "%(n)d subscriptions have ended.", done)
        self.message_user(request, text % {"n": done}, messages.SUCCESS)

    @admin.action(description=_("Write again to who was paused"), permissions=["change"])
    def resume(self, request, queryset):
        done = sum(subscribing.resume(row, request.user) for row in queryset)
        text = ngettext("%(n)d address is written to again.",
                        "%(n)d addresses are written to again.", done)  # fmt: skip
        self.message_user(request, text % {"n": done}, messages.SUCCESS)


class LookFilter(admin.SimpleListFilter):
    title = _("looked at")
    parameter_name = "look"

    def lookups(self, request, model_admin):
        return [("open", _("to be looked at"))]

    def queryset(self, request, queryset):
        return queryset.to_look_at() if self.value() == "open" else queryset


@admin.register(Bounce)
class BounceAdmin(KeptByThePortalMixin, admin.ModelAdmin):
    list_display = ["__str__", "status", "diagnostic", "subscription", "received_at", "seen_at"]
    list_filter = [LookFilter, "kind"]
    list_select_related = ["subscription"]
    search_fields = ["email", "diagnostic"]
    search_help_text = _("Search by address or by what the server said")
    fields = [
        "email", "kind", "status", "diagnostic", "message", "subscription", "received_at",
        "seen_at",
    ]  # fmt: skip
    actions = ["look"]

    @admin.action(description=_("I have looked at these"), permissions=["change"])
    def look(self, request, queryset):
        done = bounces.look_at(queryset)
        text = ngettext("%(n)d notice is done with.", "%(n)d notices are done with.", done)
        self.message_user(request, text % {"n": done}, messages.SUCCESS)


@admin.register(Digest)
class DigestAdmin(KeptByThePortalMixin, admin.ModelAdmin):
    """Which city had a digest in which week; a letter's own fate is in the outgoing mail."""

    list_display = ["member", "week", "things", "letters", "turned_off", "made_at"]
    list_filter = ["week"]
    list_select_related = ["member"]
    search_fields = ["member__name_ru", "member__name_en"]
    fields = ["member", "week", "things", "letters", "shown_readers", "turned_off", "made_at"]

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("who got it"))
    def shown_readers(self, digest):
        rows = digests.letters_of(digest)
        return "; ".join(f"{row.email}: {row.get_state_display()}" for row in rows) or "—"
