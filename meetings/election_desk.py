"""The desk of one election: candidates, votes, the rule for a tie, approval, publishing, errata."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from content import dated
from content.keys import as_key
from content.languages import in_language
from governance.composition import composition
from meetings import counting, nominating, page, papers, publishing, results, terms
from meetings.admin_forms import (
    AdmitForm,
    ErratumForm,
    PublishForm,
    TieForm,
    VotesForm,
)
from meetings.models import Election
from meetings.nomination_form import PaperNominationForm
from meetings.refusals import Refused


class ElectionDesk(View):
    """One page with a form for every deed; `deed` in what is posted names it."""

    desk = None
    DEEDS = (
        "nominate", "admit", "withdraw", "votes", "consensus", "tie", "ask", "approve", "publish",
        "erratum",
    )  # fmt: skip

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        allowed = ("meetings.change_election", "meetings.add_election")
        if not request.user.has_perms(allowed):
            raise PermissionDenied
        found = Election.objects.select_related("body", "meeting", "protocol")
        self.election = get_object_or_404(found, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def counted(self) -> counting.Count:
        return counting.count(self.election)

    @property
    def address(self) -> str:
        return reverse("admin:meetings_election_desk", args=[self.election.pk])

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        deed = request.POST.get("deed", "")
        if deed not in self.DEEDS:
            return redirect(self.address)
        try:
            answer = getattr(self, f"do_{deed}")(request.POST)
        except Refused as refused:
            messages.error(request, str(refused))
            return self.show(**{f"{deed}_form": self.form_of(deed, request.POST)})
        return answer or redirect(self.address)

    # Forms

    def form_of(self, deed: str, data=None):
        """The form of a deed, empty or with what was typed; None for deeds without fields."""
        make = getattr(self, f"{deed}_form", None)
        return make(data) if make else None

    def nominate_form(self, data=None) -> PaperNominationForm:
        return PaperNominationForm(data)

    def admit_form(self, data=None) -> AdmitForm:
        return AdmitForm(data)

    def votes_form(self, data=None) -> VotesForm:
        """The form of the round that is next: the first one, or that of the tied."""
        wanted = (data or {}).get("round", "")
        number = int(wanted) if wanted in ("1", "2", "3", "4", "5") else 1
        if number > 1:
            nominations = [one.nomination for one in self.counted.tied]
            return VotesForm(data, nominations=nominations, round=number)
        votes = {one.nomination.pk: one.votes[0] for one in self.counted.standings if one.votes}
        nominations = sorted((one.nomination for one in self.counted.standings),
                             key=lambda one: one.received_at)  # fmt: skip
        ballots = {"ballots": self.election.ballots}
        return VotesForm(data, nominations=nominations, votes=votes, initial=ballots)

    def next_round_form(self) -> VotesForm:
        nominations = [one.nomination for one in self.counted.tied]
        return VotesForm(nominations=nominations, round=self.counted.next_round)

    def tie_form(self, data=None) -> TieForm:
        election = self.election
        initial = {"rule": election.tie_rule, "note_ru": election.tie_note_ru,
                   "note_en": election.tie_note_en}  # fmt: skip
        level = results.level(election)
        initial["winners"] = [one.pk for one in level if one.wins_tie]
        return TieForm(data, tied=level, initial=initial)

    def publish_form(self, data=None) -> PublishForm:
        election = self.election
        day = election.meeting.day if election.meeting else dated.today()
        elected = [one.nomination for one in self.counted.elected]
        return PublishForm(
            data, elected=elected, seats=_seats(election, day), initial={"starts_on": day},
            proposed=terms.proposal(election.body, elected, day),
        )  # fmt: skip

    def erratum_form(self, data=None) -> ErratumForm:
        return ErratumForm(data)

    # Deeds: None when done, a page when something typed is wrong.

    def _checked(self, deed: str, data):
        form = self.form_of(deed, data)
        if form.is_valid():
            return form, None
        return form, self.show(**{f"{deed}_form": form})

    def _say(self, words: str) -> None:
        messages.success(self.request, words)

    def do_nominate(self, data):
        form, wrong = self._checked("nominate", data)
        if wrong:
            return wrong
        nomination = nominating.nominate(self.election, by=self.request.user, **form.values())
        if nomination.is_late:
            messages.warning(self.request, nominating.late_words(nomination))
        else:
            self._say(_("The nomination is received."))
        return None

    def _nomination(self, data):
        return get_object_or_404(self.election.nominations, pk=as_key(data.get("nomination")))

    def do_admit(self, data):
        form, wrong = self._checked("admit", data)
        if wrong:
            return wrong
        nominating.admit(self._nomination(data), by=self.request.user, **form.cleaned_data)
        self._say(_("The late nomination is admitted."))
        return None

    def do_withdraw(self, data):
        nominating.withdraw(self._nomination(data), self.request.user)
        self._say(_("The candidate has withdrawn."))

    def do_votes(self, data):
        form, wrong = self._checked("votes", data)
        if wrong:
            return wrong
        ballots = form.cleaned_data.get("ballots")
        results.record(
            self.election, form.votes(), self.request.user, round=form.round, ballots=ballots
        )
        self._say(_("The votes are recorded."))
        return None

    def do_consensus(self, data):
        results.by_consensus(self.election, self.request.user)
        self._say(_("All candidates are recorded as elected by consensus."))

    def do_tie(self, data):
        form, wrong = self._checked("tie", data)
        if wrong:
            return wrong
        results.settle_tie(self.election, by=self.request.user, **form.cleaned_data)
        self._say(_("The rule for the tie is recorded."))
        return None

    def do_ask(self, data):
        publishing.ask(self.election, self.request.user)
        self._say(_("A second person is asked to approve the result."))

    def do_approve(self, data):
        publishing.approve(self.election, self.request.user, data.get("seen", ""))
        self._say(_("The result is approved."))

    def do_publish(self, data):
        form, wrong = self._checked("publish", data)
        if wrong:
            return wrong
        publishing.publish(
            self.election, self.request.user, places=form.places(),
            starts_on=form.cleaned_data["starts_on"],
        )  # fmt: skip
        self._say(_("The result is published."))
        return None

    def do_erratum(self, data):
        form, wrong = self._checked("erratum", data)
        if wrong:
            return wrong
        publishing.correct(self.election, by=self.request.user, **form.cleaned_data)
        self._say(_("The erratum is published."))
        return None

    # The page

    def show(self, **forms) -> HttpResponse:
        """The desk; `forms` take the place of empty ones, with what was typed in them."""
        election, counted = self.election, self.counted
        protocol = getattr(election, "protocol", None)
        phase = election.phase()
        context = {
            **self.desk.admin_site.each_context(self.request),
            "opts": self.desk.opts,
            "title": _("Desk of the election"),
            "election": election,
            "phase": phase,
            "back": reverse("admin:meetings_election_change", args=[election.pk]),
            "nominations": _nominations(election),
            "counted": counted,
            "protocol": protocol,
            "may_count": phase in ("closed", "counted"),
            "forms": {},
        }
        if protocol:
            context["rows"] = page.candidate_rows(protocol.candidates)
            context["notes"] = papers.protocol_notes(context["rows"], protocol)
            context["errata"] = election.errata.all()
            wanted = ["erratum"]
        else:
            context |= self._result(counted)
            wanted = ["nominate", "admit", "votes", "tie", "publish"]
        for deed in wanted:
            context["forms"][deed] = forms.get(f"{deed}_form") or self.form_of(deed)
        if not protocol and counted.tied and "votes_form" not in forms:
            context["next_round"] = self.next_round_form()
        return TemplateResponse(self.request, "admin/meetings/desk.html", context)

    def _result(self, counted: counting.Count) -> dict:
        election = self.election
        reason = results.why_not_ready(election, counted)
        digest = counting.digest(election, counted)
        approval = publishing.approval_of(election, digest)
        return {
            "why_not": reason,
            "digest": digest,
            "approval": approval,
            "may_approve": publishing.may_approve(approval, self.request.user),
            "is_approved": publishing.is_approved(approval),
        }


def _nominations(election: Election) -> list[dict]:
    """All nominations with what can be done about each: `late` is the sentence of a refused one."""
    found = election.nominations.select_related(
        "member", "person", "proposed_by", "proposed_by_member", "admitted_by"
    )
    rows = []
    for one in found:
        one.election = election
        stands = nominating.stands(one)
        is_refused = not stands and one.withdrawn_at is None
        rows.append(
            {
                "nomination": one,
                "name": one.name_in(),
                "stands": stands,
                "late": nominating.late_words(one) if is_refused else "",
            }
        )
    return rows


def _seats(election: Election, day) -> list[tuple]:
    """The seats of the body on that day, each with its title and whoever holds it."""
    found = []
    for row in composition(election.body, day):
        title = in_language(row.seat, "title")[0]
        holder = str(row.owner) if row.term else _("vacant")
        found.append((row.seat, f"{title} ({holder})"))
    return found
