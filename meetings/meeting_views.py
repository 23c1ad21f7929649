"""The pages of one meeting in the admin: eligibility sheet, attendance list, minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from content import privatefiles
from content.downloads import pdf_response
from content.editing import answered, once
from content.keys import as_key
from content.languages import LANGUAGE_CODES
from meetings import attending, eligibility, minutes, papers
from meetings.admin_forms import GuestForm
from meetings.models import Meeting, MeetingDocument
from meetings.refusals import Refused

# What one must be allowed for each page.
LOOK_AT_SHEET = "meetings.view_assemblydelegate"
KEEP_LIST = "meetings.change_attendance"
KEEP_MINUTES = "meetings.add_minutes"


def address(name: str, pk: int, *more) -> str:
    """The address of a page of a meeting: "sheet", "attendance", "minutes" and their PDFs."""
    return reverse(f"admin:meetings_meeting_{name}", args=[pk, *more])


class MeetingPages:
    """The pages beside the form of a meeting; `desk` is its ModelAdmin."""

    def __init__(self, desk):
        self.desk = desk

    def meeting(self, request: HttpRequest, pk: int, permission: str) -> Meeting:
        """The meeting, for those who may; others are refused, what is not there is not found."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        found = Meeting.objects.select_related("body__organisation", "chair", "secretary").filter(
            pk=pk
        )
        meeting = found.first()
        if meeting is None:
            raise Http404
        return meeting

    def answer(self, request: HttpRequest, template: str, title: str, meeting: Meeting, **context):
        return TemplateResponse(
            request,
            f"admin/meetings/{template}.html",
            {
                **self.desk.admin_site.each_context(request),
                "opts": self.desk.opts,
                "title": title,
                "meeting": meeting,
                "back": reverse("admin:meetings_meeting_change", args=[meeting.pk]),
                **context,
            },
        )

    def sheet(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Both tables of who may vote; it prints."""
        meeting = self.meeting(request, pk, LOOK_AT_SHEET)
        return self.answer(
            request, "sheet", _("Eligibility sheet"), meeting, data=papers.sheet_data(meeting),
            downloads=self._downloads("sheet_pdf", pk),
        )  # fmt: skip

    def _downloads(self, name: str, pk: int) -> list[tuple[str, str]]:
        words = {"ru": _("PDF in Russian"), "en": _("PDF in English")}
        return [(address(name, pk, code), words[code]) for code in LANGUAGE_CODES]

    def sheet_pdf(self, request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
        meeting = self.meeting(request, pk, LOOK_AT_SHEET)
        self._known(language)
        data = papers.sheet_pdf(meeting, language)
        return pdf_response(data, f"eligibility-{meeting.slug}-{language}.pdf")

    def _known(self, language: str) -> None:
        if language not in LANGUAGE_CODES:
            raise Http404

    def attendance(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who is on the list and who was there; guests are added below."""
        meeting = self.meeting(request, pk, KEEP_LIST)
        guest = GuestForm(request.POST if request.POST.get("deed") == "guest" else None)
        guest.instance.meeting = meeting
        if request.method == "POST":
            if first := answered(request.POST.get("form_key", "")):
                return first
            try:
                if self._change_list(request, meeting, guest):
                    return redirect(address("attendance", pk))
            except Refused as refused:
                messages.error(request, str(refused))
                return redirect(address("attendance", pk))
        sheet = eligibility.sheet(meeting)
        rows = attending.rows(meeting, sheet)
        return self.answer(
            request, "attendance", _("Attendance list"), meeting, rows=rows, guest=guest,
            quorum=attending.quorum(meeting, rows, sheet), is_closed=meeting.is_closed,
        )  # fmt: skip

    def _change_list(self, request: HttpRequest, meeting: Meeting, guest: GuestForm) -> bool:
        deed = request.POST.get("deed")
        if deed == "prepare":
            number = attending.prepare(meeting, request.user)
            messages.success(
                request, _("Rows put on the list or changed: %(number)d.") % {"number": number}
            )
        elif deed == "guest":
            attending.refuse_when_closed(meeting)
            if not guest.is_valid():
                return False
            once(guest.cleaned_data["form_key"], lambda: self._add_guest(request, meeting, guest))
        else:
            attending.take(
                meeting, _numbers(request, "present"), _numbers(request, "online"), request.user,
                _numbers(request, "listed"),
            )  # fmt: skip
            messages.success(request, _("The attendance list is saved."))
        return True

    def _add_guest(self, request: HttpRequest, meeting: Meeting, guest: GuestForm) -> str:
        given = guest.cleaned_data
        attending.add_guest(
            meeting, name_ru=given["name_ru"] or "", name_en=given["name_en"] or "",
            by=request.user,
        )  # fmt: skip
        messages.success(request, _("The guest is on the list."))
        return address("attendance", meeting.pk)

    def minutes(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The minutes as they are, their PDFs, and their approval."""
        meeting = self.meeting(request, pk, KEEP_MINUTES)
        if request.method == "POST":
            try:
                wanted = request.POST.get("audience", "")
                audience = wanted if wanted in MeetingDocument.Audience.values else ""
                minutes.approve(meeting, request.user, audience)
                messages.success(request, _("The minutes are approved and kept."))
            except Refused as refused:
                messages.error(request, str(refused))
            return redirect(address("minutes", pk))
        return self.answer(
            request, "minutes", _("Minutes"), meeting, data=papers.minutes_data(meeting),
            downloads=self._downloads("minutes_pdf", pk),
            approved=list(meeting.minutes.select_related("approved_by")),
            audiences=MeetingDocument.Audience.choices,
        )  # fmt: skip

    def minutes_pdf(self, request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
        """The approved file; before the approval, the minutes as they would be."""
        meeting = self.meeting(request, pk, KEEP_MINUTES)
        self._known(language)
        if kept := minutes.kept(meeting, language):
            return privatefiles.response_for(kept.file)
        data = papers.minutes_pdf(meeting, language)
        return pdf_response(data, f"draft-{minutes.file_name(meeting, language)}")


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """The numbers of rows that a form marked."""
    return [key for one in request.POST.getlist(name) if (key := as_key(one)) is not None]
