"""Meetings and elections in the cabinet: papers, delegates to an assembly, nominations."""

import zoneinfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from content import timezones
from content.editing import answered, once
from content.languages import in_language
from governance.models import Person
from meetings import cabinet, delegates, nominating
from meetings.forms import DelegatesForm, NominationForm
from meetings.models import AssemblyDelegate, Election, Meeting
from meetings.refusals import Refused
from members import mandates
from members.cabinet import MandateMixin
from members.models import Member

MENU = "meetings:cabinet"


class MemberMeetings(MandateMixin, TemplateView):
    """What is to come, what can be read, where one can nominate."""

    template_name = "meetings/cabinet_meetings.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            coming=cabinet.coming(self.member),
            papers=cabinet.papers(self.member),
            elections=cabinet.elections(self.member),
            **kwargs,
        )


class NameDelegates(MandateMixin, FormView):
    """Who votes for the member at an assembly. Who speaks for the member names them."""

    template_name = "meetings/cabinet_delegates.html"
    menu_name = MENU
    form_class = DelegatesForm

    def setup_meeting(self) -> Meeting:
        found = Meeting.objects.published().select_related("body__organisation")
        assemblies = found.filter(body__kind="assembly", body__organisation__is_own=True)
        meeting = get_object_or_404(assemblies, slug=self.kwargs["slug"])
        own = Member.objects.members(meeting.day).filter(pk=self.member.pk)
        get_object_or_404(own)
        return meeting

    def get_initial(self):
        named = delegates.named(self.setup_meeting(), self.member)
        initial = {"seen": delegates.version(named), **_stored_names(named)}
        if "delegate" in named:
            initial["cannot_come"] = not named["delegate"].is_coming
        return initial

    def get_context_data(self, **kwargs):
        meeting = self.setup_meeting()
        return super().get_context_data(
            meeting=meeting,
            named=delegates.named(meeting, self.member),
            warnings=cabinet.warnings(meeting, self.member),
            closed=delegates.why_closed(meeting),
            may_sign=mandates.may_sign(self.request.user, self.member),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: DelegatesForm) -> HttpResponse:
        if not mandates.may_sign(self.request.user, self.member):
            form.add_error(None, _("Delegates are named by the lead representative."))
            return self.form_invalid(form)
        meeting = self.setup_meeting()
        try:
            return once(form.cleaned_data["form_key"], lambda: self._save(meeting, form))
        except Refused as refused:
            if not form.errors:
                form.add_error(None, str(refused))
            return self.form_invalid(form)

    def _save(self, meeting: Meeting, form: DelegatesForm) -> str:
        # Locked, so that of two who save at once the second one sees what the first one saved.
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        self._refuse_stale(meeting, form)
        kept = form.keep_files(self.request.user)
        if form.errors:
            raise Refused
        self._name(meeting, form.cleaned_data, kept)
        messages.success(self.request, _("Saved."))
        for warning in cabinet.warnings(meeting, self.member):
            messages.warning(self.request, warning)
        return reverse("meetings:delegates", args=[self.member.slug, meeting.slug])

    def _refuse_stale(self, meeting: Meeting, form: DelegatesForm) -> None:
        named = delegates.named(meeting, self.member)
        now = delegates.version(named)
        if form.cleaned_data["seen"] != now:
            form.show_conflict(now, _stored_names(named))
            raise Refused

    def _name(self, meeting: Meeting, given: dict, kept: dict) -> None:
        for role in ("delegate", "substitute"):
            delegates.name(
                meeting, self.member, role, by=self.request.user,
                name_ru=given[f"{role}_name_ru"], name_en=given[f"{role}_name_en"],
                is_coming=role == "substitute" or not given["cannot_come"],
                mandate=kept.get(role),
            )  # fmt: skip


def _stored_names(named: dict[str, AssemblyDelegate]) -> dict[str, str]:
    """The names by field of the form."""
    names = {}
    for role in ("delegate", "substitute"):
        found = delegates.shown_names(named[role]) if role in named else ("", "")
        names[f"{role}_name_ru"], names[f"{role}_name_en"] = found
    return names


class Nominate(MandateMixin, FormView):
    """The member nominates itself or somebody who holds an office there."""

    template_name = "meetings/cabinet_nominate.html"
    menu_name = MENU
    form_class = NominationForm

    def get_election(self) -> Election:
        found = Election.objects.announced().select_related("body", "meeting")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        city = in_language(self.member, "name")[0]
        nobody = _("%(city)s; the person is named later") % {"city": city}
        return super().get_form_kwargs() | {
            "candidates": cabinet.candidates_of(self.member), "nobody": nobody,
        }  # fmt: skip

    def get_context_data(self, **kwargs):
        election = self.get_election()
        found = election.nominations.filter(proposed_by_member=self.member, withdrawn_at=None)
        own = found.select_related("member", "person", "election").first()
        is_refused = own is not None and not nominating.stands(own)
        return super().get_context_data(
            election=election,
            phase=election.phase(),
            own=own,
            late=nominating.late_words(own) if is_refused else "",
            may_sign=mandates.may_sign(self.request.user, self.member),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: NominationForm) -> HttpResponse:
        if not mandates.may_sign(self.request.user, self.member):
            form.add_error(None, _("Candidates are nominated by the lead representative."))
            return self.form_invalid(form)
        try:
            return once(form.cleaned_data["form_key"], lambda: self._nominate(form))
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)

    def _nominate(self, form: NominationForm) -> str:
        if not Member.objects.members().filter(pk=self.member.pk).exists():
            raise Refused(_("Only members of today nominate."))
        given = form.cleaned_data
        person = Person.objects.filter(pk=given["person"]).first() if given["person"] else None
        own_clock = timezones.reader_zone.get() or zoneinfo.ZoneInfo(self.member.time_zone)
        nomination = nominating.nominate(
            self.get_election(), by=self.request.user, member=self.member, person=person,
            proposed_by_member=self.member, statement_ru=given["statement_ru"],
            statement_en=given["statement_en"], zone=own_clock,
        )  # fmt: skip
        if not nomination.is_late:
            messages.success(self.request, _("The nomination is received."))
        return reverse("meetings:nominate", args=[self.member.slug, self.kwargs["pk"]])
