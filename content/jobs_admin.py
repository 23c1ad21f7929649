"""The page of a long work: how far it is, what it made, what failed; it reloads itself."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from content import jobs, privatefiles
from content.models import Job


class JobAdmin(admin.ModelAdmin):
    """Works of the person who looks; nobody sees those of others but a superuser."""

    list_display = ["title", "state", "progress", "asked_at", "finished_at"]
    list_filter = ["state"]
    search_fields = ["title"]

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("progress"))
    def progress(self, job):
        return f"{job.done} / {job.total}" if job.total else "—"

    def get_urls(self):
        views = [
            ("change", self.progress_view),
            ("file", self.file_view),
            ("rerun", require_POST(self.rerun_view)),
        ]
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"content_job_{name}",
            )
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far the work is; without a script the page asks again every few seconds."""
        job = self._own(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": job.title,
            "job": job,
            "opts": self.opts,
            "earlier": job.earlier.order_by("pk"),
            "may_fetch": job.result_id and jobs.may_see(job, request.user),
        }
        return TemplateResponse(request, "admin/content/job.html", context)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file that the work made, for those who still may ask for it."""
        job = self._own(request, pk)
        if not jobs.may_see(job, request.user):
            raise PermissionDenied
        if job.result is None:
            raise Http404
        return privatefiles.response_for(job.result)

    def rerun_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do again what failed."""
        job = self._own(request, pk)
        if not jobs.may_see(job, request.user):
            raise PermissionDenied
        if not jobs.rerun(job):
            self.message_user(request, _("There is nothing to be done again."), messages.WARNING)
        return redirect(job)

    def _own(self, request: HttpRequest, pk: int) -> Job:
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = self.get_queryset(request).select_related("result").filter(pk=pk).first()
        if job is None:
            raise Http404
        return job
