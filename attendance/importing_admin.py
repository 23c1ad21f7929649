"""Reports of online platforms in the admin: upload one, choose who is meant, see the totals."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from attendance import importing
from attendance.models import AttendanceReport, Attendee
from content import privatefiles
from content.languages import in_language
from events.columns import loaded
from events.models import Event, Participant
from members.models import Member

Outcome = Attendee.Outcome
OPEN = (Outcome.OFFERED, Outcome.UNKNOWN)


class UploadForm(forms.Form):
    """The file, and whose accounts are no guests."""

    file = forms.FileField(
        label=gettext_lazy("Report of the platform"),
        help_text=gettext_lazy("CSV or XLSX of Zoom, TrueConf or another platform, 10 MB at most."),
    )
    hosts = forms.CharField(
        label=gettext_lazy("Accounts that are not counted"), required=False, max_length=400,
        help_text=gettext_lazy("Addresses or names of the hosts and interpreters, with commas."),
    )  # fmt: skip


@admin.register(AttendanceReport)
class AttendanceReportAdmin(admin.ModelAdmin):
    list_display = ["event", "lines", "uploaded_by", "uploaded_at"]
    list_select_related = ["event", "uploaded_by", "file"]
    search_fields = ["event__title_ru", "event__title_en"]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        pages = [
            ("event/<int:pk>/", self.upload_view, "attendance_upload"),
            ("<int:pk>/change/", self.report_view, "attendance_attendancereport_change"),
            ("<int:pk>/file/", self.file_view, "attendance_report_file"),
        ]
        own = [
            path(address, self.admin_site.admin_view(view), name=name)
            for address, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """A report belongs to an event: it is uploaded on the page of its event."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect(reverse("admin:events_event_changelist"))

    def upload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a report of an event, list those that were taken."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        event = get_object_or_404(Event, pk=pk)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._taken(request, event, form)
            except ValidationError as refused:
                form.add_error("file", refused)
        context = {
            "title": _("Attendance reports"),
            "event": event,
            "form": form,
            "reports": event.attendance_reports.select_related("file", "uploaded_by"),
        }
        return self._page(request, "upload", context)

    def _taken(self, request: HttpRequest, event: Event, form: UploadForm) -> HttpResponse:
        report, is_new = importing.take(
            event, form.cleaned_data["file"], request.user, hosts=form.cleaned_data["hosts"]
        )
        if not is_new:
            self.message_user(request, _("This file was taken already. Nothing was changed."))
        return redirect(_address(report))

    def report_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What became of the rows; staff choose where the portal only guesses."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = AttendanceReport.objects.select_related("event", "file", "uploaded_by")
        report = get_object_or_404(rows, pk=pk)
        errors: dict[int, str] = {}
        if request.method == "POST":
            if not self.has_change_permission(request, report):
                raise PermissionDenied
            choices, errors = _choices(request, report)
            if not errors and (answer := self._decided(request, report, choices)):
                return answer
        return self._page(request, "report", self._context(request, report, errors))

    def _decided(self, request, report, choices) -> HttpResponse | None:
        try:
            changed = importing.decide(report, choices, request.user)
        except ValidationError as refused:
            self.message_user(request, refused.messages[0], "ERROR")
            return None
        words = ngettext("%(number)d row is decided.", "%(number)d rows are decided.", changed)
        self.message_user(request, words % {"number": changed})
        return redirect(_address(report))

    def _context(self, request, report: AttendanceReport, errors: dict[int, str]) -> dict:
        people = list(report.attendees.filter(outcome__in=OPEN).order_by("outcome", "pk"))
        named = _named(people)
        rows = [
            {
                "row": one,
                "guesses": [named[key] for key in _keys(one) if key in named],
                "chosen": request.POST.get(f"row-{one.pk}", ""),
                "other": request.POST.get(f"other-{one.pk}", ""),
                "error": errors.get(one.pk, ""),
            }
            for one in people
        ]
        settled = report.attendees.exclude(outcome__in=OPEN).select_related("participant", "member")
        labels = dict(Outcome.choices)
        return {
            "title": _("Attendance report"),
            "report": report,
            "event": report.event,
            "rows": rows,
            "settled": settled,
            "counts": [
                (labels[one], *numbers) for one, numbers in importing.outcome_counts(report).items()
            ],
            "members": sorted(
                filter(None, (in_language(one, "name")[0] for one in Member.objects.all()))
            ),
            "may_decide": self.has_change_permission(request, report),
        }

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The report as it was uploaded: the proof of the numbers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = AttendanceReport.objects.select_related("file")
        return privatefiles.response_for(get_object_or_404(rows, pk=pk).file)

    def _page(self, request: HttpRequest, name: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return render(request, f"admin/attendance/{name}.html", context)


@admin.register(Attendee)
class AttendeeAdmin(admin.ModelAdmin):
    """People of the reports, to be looked up; decided on the page of their report."""

    list_display = ["name", "report", "outcome", "how", "participant", "member", "minutes"]
    list_filter = ["outcome", "how"]
    list_select_related = ["report__event", "report__file", "participant", "member"]
    search_fields = ["name", "email"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _address(report: AttendanceReport) -> str:
    return reverse("admin:attendance_attendancereport_change", args=[report.pk])


def _choices(request: HttpRequest, report: AttendanceReport) -> tuple[dict, dict[int, str]]:
    """What was chosen, by row; what is typed and means nothing, as an error beside it."""
    choices: dict[int, str] = {}
    errors: dict[int, str] = {}
    for pk in report.attendees.filter(outcome__in=OPEN).values_list("pk", flat=True):
        choice = request.POST.get(f"row-{pk}", "")
        typed = request.POST.get(f"other-{pk}", "").strip()
        if choice == "other" or (typed and not choice):
            member = importing.member_called(typed)
            if member is None:
                errors[pk] = _("No member, or more than one, is called so.")
            else:
                choices[pk] = f"m{member.pk}"
        elif choice:
            choices[pk] = choice
    return choices, errors


def _keys(row: Attendee) -> list[str]:
    return [
        f"p{one['participant']}" if one["participant"] else f"m{one['member']}"
        for one in row.guesses
    ]


def _named(rows: list[Attendee]) -> dict[str, dict]:
    """What is guessed, in words, by its key: two queries and the names."""
    guesses = [one for row in rows for one in row.guesses]
    language = get_language()
    people = Participant.objects.filter(pk__in={one["participant"] for one in guesses} - {None})
    found = {
        f"p{one.pk}": {
            "key": f"p{one.pk}",
            "text": " / ".join(filter(None, (one.name_cyrillic, one.name_latin))),
            "note": one.delegation.sender_in(language),
        }
        for one in loaded(people)
    }
    for one in Member.objects.filter(pk__in={one["member"] for one in guesses} - {None}):
        words = {"key": f"m{one.pk}", "text": in_language(one, "name")[0], "note": _("the city")}
        found[f"m{one.pk}"] = words
    return found
