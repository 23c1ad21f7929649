"""The coordinator's desk of a stage: progress, assignment, reminders, count, ties, protocol.

Votes are secret while they are given: who may look at scores is named by a permission, and jurors
have no part of these pages.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import privatefiles, tables
from content.editing import answered, once
from content.languages import LANGUAGE_CODES
from judging import assigning, closing, export, progress, protocol, reminding, ties
from judging.desk_forms import EndForm, HandForm, ReminderForm, TieForm
from judging.models import JuryProtocol, Stage
from judging.refusals import Refused

LOOK, RUN = "judging.view_score", "judging.change_stage"


class StageDeskMixin:
    """For the admin of `Stage`."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "judging_stage_"
        return [
            path("<int:pk>/desk/", wrap(self.desk_view), name=f"{name}desk"),
            path("<int:pk>/votes.xlsx", wrap(self.votes_view), name=f"{name}votes"),
            path("<int:pk>/protocol/<int:file>/", wrap(self.protocol_view), name=f"{name}protocol"),
            *super().get_urls(),
        ]

    def stage(self, request: HttpRequest, pk: int, *permissions: str) -> Stage:
        if not request.user.has_perms(permissions):
            raise PermissionDenied
        return get_object_or_404(Stage.objects.select_related("round__award", "closed_by"), pk=pk)

    def desk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one stage; each deed is a form of its own."""
        stage = self.stage(request, pk, LOOK)
        if request.method != "POST":
            return self.desk_page(request, stage)
        if not request.user.has_perm(RUN):
            raise PermissionDenied
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        return deed(self, request, stage)

    def desk_page(self, request: HttpRequest, stage: Stage, **forms) -> HttpResponse:
        found = progress.of(stage)
        is_open, is_closed = (stage.state == one for one in ("open", "closed"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Desk of a stage"),
            "opts": self.opts,
            "stage": stage,
            "zone": stage.round.zone,
            "back": reverse("admin:judging_stage_change", args=[stage.pk]),
            "progress": found,
            "criteria": list(stage.criteria.all()),
            "may_run": request.user.has_perm(RUN),
            "plan": None if is_closed else assigning.look(stage),
            "missing": closing.reasons_against_opening(stage) if stage.state == "planned" else [],
            "not_yet": closing.reasons_against_closing(stage) if is_open else [],
            "apart": progress.disagreement(stage),
            "counted": stage.results.select_related("entry", "category") if is_closed else [],
            "forms": {**self._forms(stage, found, is_open), **forms},
            "ties": self._ties(stage, forms.get("tie")),
            "protocols": stage.protocols.select_related("file", "made_by") if is_closed else [],
            "languages": LANGUAGE_CODES,
            "is_over": timezone.now() >= stage.closes_at,
        }
        return TemplateResponse(request, "admin/judging/desk.html", context)

    def _forms(self, stage: Stage, found: progress.Progress, is_open: bool) -> dict:
        made = {"hand": HandForm(stage)} if stage.state != Stage.State.CLOSED else {}
        if is_open:
            made |= {"end": EndForm(stage)}
            if any(one.waiting for one in found.jurors) and timezone.now() < stage.closes_at:
                made |= {"remind": ReminderForm()}
        return made

    def _ties(self, stage: Stage, typed: TieForm | None) -> list[TieForm]:
        """A form for each open tie; the one that was typed into keeps what was typed."""
        key = typed and [row.entry_id for row in typed.group]
        return [
            typed if typed and [row.entry_id for row in group] == key else TieForm(group)
            for group in ties.open_ties(stage)
        ]

    def votes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        stage = self.stage(request, pk, LOOK)
        headings, rows = export.table(stage)
        name = f"votes-{stage.round.slug}-{stage.order}"
        return tables.xlsx_response(name, _("Votes"), headings, rows)

    def protocol_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        stage = self.stage(request, pk, "judging.view_juryprotocol")
        found = get_object_or_404(JuryProtocol.objects.select_related("file"), pk=file, stage=stage)
        return privatefiles.response_for(found.file)

    def done(self, request: HttpRequest, stage: Stage, words: str) -> HttpResponse:
        self.message_user(request, words)
        return redirect("admin:judging_stage_desk", stage.pk)

    def refused(self, request: HttpRequest, stage: Stage, error: Refused) -> HttpResponse:
        self.message_user(request, str(error), messages.ERROR)
        return redirect("admin:judging_stage_desk", stage.pk)

    def open_deed(self, request, stage):
        try:
            closing.open_stage(stage, request.user)
        except Refused as error:
            return self.refused(request, stage, error)
        return self.done(request, stage, _("The stage is open: jurors see their works."))

    def assign_deed(self, request, stage):
        try:
            outcome = assigning.complete(stage, request.user)
        except Refused as error:
            return self.refused(request, stage, error)
        number = len(outcome.added)
        words = ngettext("%(count)d work is assigned.", "%(count)d works are assigned.", number)
        return self.done(request, stage, words % {"count": number})

    def hand_deed(self, request, stage):
        form = HandForm(stage, request.POST)
        if not form.is_valid():
            return self.desk_page(request, stage, hand=form)
        told = form.cleaned_data
        try:
            number = assigning.by_hand(stage, told["jurors"], told["numbers"], request.user)
        except Refused as error:
            form.add_error(None, str(error))
            return self.desk_page(request, stage, hand=form)
        words = ngettext("%(count)d work is assigned.", "%(count)d works are assigned.", number)
        return self.done(request, stage, words % {"count": number})

    def remind_deed(self, request, stage):
        if first := answered(request.POST.get("form_key", "")):
            return first
        form = ReminderForm(request.POST)
        if not form.is_valid():
            return self.desk_page(request, stage, remind=form)
        key = form.cleaned_data["form_key"]
        try:
            return once(key, lambda: self._reminded(request, stage, key))
        except Refused as error:
            return self.refused(request, stage, error)

    def _reminded(self, request, stage, key) -> str:
        number = reminding.remind(stage, key, request.user)
        words = ngettext("%(count)d letter is written.", "%(count)d letters are written.", number)
        self.message_user(request, words % {"count": number})
        return reverse("admin:judging_stage_desk", args=[stage.pk])

    def end_deed(self, request, stage):
        form = EndForm(stage, request.POST)
        if not form.is_valid():
            return self.desk_page(request, stage, end=form)
        try:
            closing.reset(stage, form.cleaned_data["closes_at"], request.user)
        except Refused as error:
            form.add_error("closes_at", str(error))
            return self.desk_page(request, stage, end=form)
        return self.done(request, stage, _("The votes end at the new time."))

    def close_deed(self, request, stage):
        try:
            closing.close(stage, request.user)
        except Refused as error:
            return self.refused(request, stage, error)
        return self.done(request, stage, _("The stage is counted."))

    def tie_deed(self, request, stage):
        wanted = request.POST.get("tie", "")
        groups = {str(group[0].entry_id): group for group in ties.open_ties(stage)}
        if wanted not in groups:
            return self.refused(request, stage, Refused(_("This tie is settled already.")))
        form = TieForm(groups[wanted], request.POST)
        if not form.is_valid():
            return self.desk_page(request, stage, tie=form)
        try:
            ties.decide(stage, form.places(), form.cleaned_data["reason"], request.user)
        except Refused as error:
            form.add_error(None, str(error))
            return self.desk_page(request, stage, tie=form)
        return self.done(request, stage, _("The decision is recorded."))

    def protocol_deed(self, request, stage):
        language = request.POST.get("language", "")
        if language not in LANGUAGE_CODES:
            raise Http404
        try:
            protocol.make(stage, language, request.user)
        except Refused as error:
            return self.refused(request, stage, error)
        return self.done(request, stage, _("The protocol is made."))


DEEDS = {
    "open": StageDeskMixin.open_deed,
    "assign": StageDeskMixin.assign_deed,
    "hand": StageDeskMixin.hand_deed,
    "remind": StageDeskMixin.remind_deed,
    "end": StageDeskMixin.end_deed,
    "close": StageDeskMixin.close_deed,
    "tie": StageDeskMixin.tie_deed,
    "protocol": StageDeskMixin.protocol_deed,
}
