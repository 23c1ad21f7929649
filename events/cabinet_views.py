"""Delegations in the cabinet: register, change, take an offered place, leave."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from content.editing import answered
from events import cabinet, change_requests, leaving, waiting
from events.cabinet_page import Addition, DelegationPage
from events.card import RegistrationCard
from events.delegation_form import Submission
from events.forms import FormFrame
from events.models import Delegation, Event, Participant
from events.people import RegistrationRefused
from members.cabinet import MandateMixin
from members.models import Member

MENU = "events:cabinet"


class StartRegistration(LoginRequiredMixin, TemplateView):
    """From the public page to the right cabinet: who represents several members chooses one."""

    template_name = "events/choose_member.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        events = Event.objects.published().filter(takes_registrations=True)
        self.event = get_object_or_404(events, slug=kwargs["slug"])
        own = Member.objects.editable_by(request.user).select_related("country")
        self.members = list(own.in_alphabetical_order())
        if not self.members:
            raise PermissionDenied(_("Delegations are registered by representatives of members."))
        if len(self.members) == 1:
            return redirect("events:register", self.members[0].slug, self.event.slug)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event, members=self.members, **kwargs)


class MemberEvents(MandateMixin, TemplateView):
    """The delegations of a member, and the events it can register for now."""

    template_name = "events/cabinet_events.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        now = timezone.now()
        own = cabinet.delegations_of(self.member, self.request.user)
        taken = [one.event_id for one in own]
        open_events = Event.objects.open_for_registration(now).exclude(pk__in=taken)
        return super().get_context_data(
            delegations=own, open_events=cabinet.open_rows(open_events, self.member), **kwargs
        )


class EventMixin(MandateMixin):
    """For a view of one event in a member's cabinet; what the public cannot see is not found."""

    menu_name = MENU

    def get_event(self) -> Event:
        own = Delegation.objects.filter(event=OuterRef("pk"), member=self.member)
        events = Event.objects.published().filter(Q(takes_registrations=True) | Exists(own))
        return get_object_or_404(events, slug=self.kwargs["slug"])

    def get_delegation(self, event: Event) -> Delegation | None:
        """The member's delegation, while anybody is in it."""
        own = Delegation.objects.for_user(self.request.user).filter(event=event)
        delegation = own.filter(member=self.member).select_related("member", "event").first()
        return delegation if delegation and delegation.participants.active().exists() else None

    def address(self, event: Event) -> str:
        return reverse("events:register", args=[self.member.slug, event.slug])


class RegisterDelegation(EventMixin, TemplateView):
    """One page: what was registered, in words, and the form that registers and changes it."""

    template_name = "events/register.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        event = self.get_event()
        delegation = self.get_delegation(event)
        frame = FormFrame.of(event, self.member, delegation)
        return self.show(event, delegation, *frame.empty(delegation))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        event = self.get_event()
        delegation = self.get_delegation(event)
        if {"add_rows", "paste", "prefill"} & request.POST.keys():
            return self.show_more(event, delegation)
        if first := answered(request.POST.get("form_key", "")):
            return first
        sent = Submission.of(
            event, self.member, delegation, request.user, request.POST, request.FILES,
            request.too_large,
        )  # fmt: skip
        if done := sent.take(self.address(event)):
            messages.success(request, _said(sent))
            return done
        return self.show(event, self.get_delegation(event), sent.form, sent.people)

    def show_more(self, event: Event, delegation: Delegation | None) -> HttpResponse:
        """The form as it was typed, with rows more: empty, pasted, or filled with a holder."""
        data, frame = self.request.POST, FormFrame.of(event, self.member, delegation)
        if "paste" in data:
            addition = Addition.pasted(data, self.request.FILES.get("table"))
        elif "prefill" in data:
            addition = Addition.of_holder(event, self.member, data["prefill"])
        else:
            return self.show(event, delegation, *frame.typed(data))
        return self.show(event, delegation, *frame.typed(data, addition.rows, 1), addition)

    def show(self, event, delegation, form, people, addition=None) -> HttpResponse:
        page = DelegationPage(event, self.member, delegation, timezone.now())
        return self.render_to_response(
            self.get_context_data(
                event=event,
                delegation=delegation,
                card=RegistrationCard.of(event, page.now),
                page=page,
                rows=cabinet.state_rows(event, delegation),
                form=form,
                people=people,
                addition=addition,
                final=page.final,
            )
        )


def _said(sent: Submission) -> str:
    if sent.asked:
        return _(
            "Your request is with the secretariat. Until it decides, the delegation stays as it is."
        )
    return _("The delegation is registered.") if sent.delegation is None else _("Saved.")


class ParticipantDeed(EventMixin, View):
    """Take an offered place, decline it, or leave: for one person of the own delegation."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        event = self.get_event()
        own = Delegation.objects.for_user(request.user).filter(member=self.member, event=event)
        person = get_object_or_404(
            Participant.objects.filter(delegation__in=own), pk=kwargs["participant"]
        )
        deeds = {
            "take": waiting.accept_offer,
            "decline": waiting.decline_offer,
            "cancel": leaving.cancel_or_ask,
        }
        try:
            if deeds[kwargs["deed"]](person, request.user) is leaving.ASKED:
                messages.info(request, leaving.asked_words())
        except (waiting.OfferRefused, RegistrationRefused) as refused:
            messages.error(request, str(refused))
        return redirect(self.address(event))


class CancelDelegation(EventMixin, View):
    """The whole delegation stays at home."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        event = self.get_event()
        if delegation := self.get_delegation(event):
            try:
                if leaving.cancel_all_or_ask(delegation, request.user) is leaving.ASKED:
                    messages.info(request, leaving.asked_words())
                else:
                    messages.success(request, _("The delegation is cancelled."))
            except RegistrationRefused as refused:
                messages.error(request, str(refused))
        return redirect(self.address(event))


class TakeBackRequest(EventMixin, View):
    """What was asked for after the deadline is asked for no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        event = self.get_event()
        delegation = self.get_delegation(event)
        open_one = delegation and change_requests.open_request(delegation)
        if open_one:
            try:
                change_requests.take_back(open_one, request.user)
                messages.success(request, _("The request is taken back."))
            except RegistrationRefused as refused:
                messages.error(request, str(refused))
        return redirect(self.address(event))
