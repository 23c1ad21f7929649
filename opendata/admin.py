"""The bulk files in the admin: what there is, and a button that makes them anew at once."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from content import jobs
from opendata.models import DataFile
from opendata.remaking import JOB, PERMISSION


@admin.register(DataFile)
class DataFileAdmin(admin.ModelAdmin):
    list_display = ["name", "rows", "size", "made_at", "checked_at"]
    readonly_fields = ["name", "dataset", "rows", "size", "sha256", "made_at", "checked_at"]
    exclude = ["file"]
    search_fields = ["name"]
    change_list_template = "admin/opendata/datafile/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DataFile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DataFile | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None):
        may = request.user.has_perm(PERMISSION)
        return super().changelist_view(request, {**(extra_context or {}), "may_remake": may})

    def get_urls(self) -> list[URLPattern]:
        own = path("remake/", self.admin_site.admin_view(remake), name="opendata_datafile_remake")
        return [own, *super().get_urls()]


@require_POST
@permission_required(PERMISSION, raise_exception=True)
def remake(request: HttpRequest) -> HttpResponse:
    """Ask the worker to make the files anew, and go to the page of the work."""
    job = jobs.ask(JOB, _("Files of open data"), {}, request.user)
    return redirect("admin:content_job_change", job.pk)
