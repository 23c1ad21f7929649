"""The desk of a programme in the admin: the draft as a grid, moving, publishing, briefs, PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.downloads import pdf_response
from content.timezones import zone_words
from events.models import Event
from programme import briefs, cards, changelist, grid, moving, papers, publishing, snapshots
from programme.admin_forms import MoveForm
from programme.models import ProgrammeVersion

LOOK = "programme.view_session"
PLAN = "programme.add_session"
PUBLISH = "programme.add_programmeversion"


class DeskPages:
    """The pages of one event's programme; `admin` is the ModelAdmin of sessions."""

    def __init__(self, admin):
        self.admin = admin

    def desk(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The grid of the draft; a post moves sessions, publishes, or sends the briefs."""
        event = self._event(request, pk, LOOK)
        if request.method != "POST":
            return self._page(request, event)
        deeds = {
            "move": (PLAN, self._move),
            "publish": (PUBLISH, self._publish),
            "briefs": (PUBLISH, self._send_briefs),
        }
        permission, deed = deeds.get(request.POST.get("deed", ""), (PLAN, None))
        if not request.user.has_perm(permission):
            raise PermissionDenied
        if deed is not None and (refused := deed(request, event)) is not None:
            return refused
        return redirect("admin:programme_session_desk", pk)

    def paper(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft as PDF, with the list of untranslated cells."""
        event = self._event(request, pk, LOOK)
        return pdf_response(papers.of_draft(event), f"programme-{event.slug}-draft.pdf")

    def _event(self, request: HttpRequest, pk: int, permission: str) -> Event:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(Event, pk=pk)

    def _move(self, request: HttpRequest, event: Event) -> HttpResponse | None:
        form = MoveForm(request.POST, list(event.sessions.kept().values_list("pk", flat=True)))
        if form.is_valid():
            try:
                number = moving.move(event, **form.cleaned_data)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                words = ngettext("%(number)d session moved.", "%(number)d sessions moved.", number)
                messages.success(request, words % {"number": number})
                return None
        return self._page(request, event, form)

    def _publish(self, request: HttpRequest, event: Event) -> None:
        try:
            version = publishing.publish(event, request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            words = _("Version %(number)d is published; those whom it concerns get a letter.")
            messages.success(request, words % {"number": version.number})

    def _send_briefs(self, request: HttpRequest, event: Event) -> None:
        number = briefs.send(event)
        words = ngettext(
            "%(number)d brief is on its way.", "%(number)d briefs are on their way.", number
        )
        messages.success(request, words % {"number": number})

    def _page(self, request: HttpRequest, event: Event, form: MoveForm | None = None):
        snapshot = snapshots.take(event)
        latest = ProgrammeVersion.objects.latest_of(event)
        pending = snapshots.changes(latest.snapshot, snapshot) if latest else []
        context = {
            **self.admin.admin_site.each_context(request),
            "opts": self.admin.opts,
            "title": _("Programme"),
            "event": event,
            "clock": zone_words(event.starts_at, event.zone),
            "days": grid.days(cards.of_snapshot(snapshot, cards.marks(pending))),
            "latest": latest,
            "is_new": latest is None or latest.snapshot != snapshot,
            "pending": changelist.lines(pending, event.zone),
            "gaps": snapshots.untranslated(event),
            "form": form or MoveForm(None, []),
            "chosen": request.POST.getlist("sessions"),
            "may_plan": request.user.has_perm(PLAN),
            "may_publish": request.user.has_perm(PUBLISH),
            "start": event.starts_at.isoformat(timespec="minutes"),
        }
        return TemplateResponse(request, "admin/programme/desk.html", context)
