"""What personal data the portal holds, how long, and when they were erased; for staff to read."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from content import retention


class RetentionRunAdmin(admin.ModelAdmin):
    """The runs; above the list stands the registry of what is erased."""

    change_list_template = "admin/content/retentionrun/change_list.html"
    list_display = ["finished_at", "cause", "total", "what", "is_whole"]
    list_filter = ["cause"]
    fields = ["cause", "started_at", "finished_at", "total", "what", "failed"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"registry": retention.registry(), **(extra_context or {})}
        )

    @admin.display(description=_("what"))
    def what(self, run):
        labels = {data.key: data.label for data in retention.registry()}
        rows = [(labels.get(key, key), number) for key, number in run.erased.items() if number]
        return format_html_join("; ", "{}: {}", rows) or "—"

    @admin.display(description=_("everything erased"), boolean=True)
    def is_whole(self, run):
        return run.is_complete
