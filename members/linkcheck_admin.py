"""The weekly list of links in the admin: what moved where, what does not open."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content import workqueue
from members import linkcheck
from members.models import LinkCheck


class ToDoFilter(admin.SimpleListFilter):
    title = _("to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [("open", _("moved without an answer, or does not open"))]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.filter(pk__in=linkcheck.to_do().values("pk"))
        return queryset


class LinkCheckAdmin(admin.ModelAdmin):
    list_display = ["member", "field", "old", "result", "new", "failures", "checked_at",
                    "answer"]  # fmt: skip
    list_filter = [ToDoFilter, "result", "field"]
    list_select_related = ["member", "answered_by"]
    search_fields = ["url", "target", "member__name_ru", "member__name_en"]
    fields = ["member", "field", "old", "result", "new", "detail", "failures", "checked_at",
              "asked_at", "answered_at", "answered_by"]  # fmt: skip
    actions = ["take_over"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """Rows are written by the check; who may change them takes new addresses over."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_take_over_permission(self, request):
        return request.user.has_perm("members.change_linkcheck")

    @admin.action(description=_("Take over the new addresses"), permissions=["take_over"])
    def take_over(self, request, queryset):
        """On behalf of the members, for instance after a telephone call."""
        done = 0
        for check in queryset.select_related("member"):
            try:
                linkcheck.confirm(check, check.target, request.user)
                done += 1
            except linkcheck.NotAsked:
                continue
        text = _("Addresses taken over: %(count)d") % {"count": done}
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)

    @admin.display(description=_("checked address"), ordering="url")
    def old(self, check):
        return _link(check.url)

    @admin.display(description=_("new address"), ordering="target")
    def new(self, check):
        return _link(check.target) if check.target else "—"

    @admin.display(description=_("answer"))
    def answer(self, check):
        if check.result != LinkCheck.Result.MOVED:
            return "—"
        return _("the old address stays") if check.answered_at else _("asked")


def _link(address: str):
    return format_html('<a href="{0}" rel="noopener noreferrer">{0}</a>', address)


@workqueue.register
def queues(user):
    """Links that staff look at."""
    if user.has_perm("members.change_linkcheck"):
        yield workqueue.Queue(
            title=_("Links of members"),
            count=linkcheck.to_do().count(),
            note=_("They moved, or do not open"),
            url=f"{reverse('admin:members_linkcheck_changelist')}?todo=open",
            link_text=_("Open the list"),
        )


admin.site.register(LinkCheck, LinkCheckAdmin)
