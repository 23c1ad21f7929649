"""Invitations in the cabinet: what a member is invited to, and its answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from events import audience_rules, invitations, places, words
from events.models import Event, Invitation
from members.cabinet import MandateMixin

State = Invitation.State
MENU = "events:cabinet"
REASON_LENGTH = 500


class AnswerInvitation(MandateMixin, TemplateView):
    """One invitation: come with a delegation, or decline and say why."""

    template_name = "events/invitation.html"
    menu_name = MENU

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(self.get_invitation())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        row = self.get_invitation()
        state = {"come": State.ACCEPTED, "decline": State.DECLINED}.get(request.POST.get("deed"))
        reason = request.POST.get("reason", "").strip()
        if state is None:
            return self.show(row)
        if len(reason) > REASON_LENGTH:
            return self.show(row, _("The reason has more than 500 characters."), reason)
        try:
            seen = request.POST.get("seen", "")
            row = invitations.answer(row, state, request.user, seen=seen, reason=reason)
        except invitations.InvitationRefused as refused:
            row.refresh_from_db()
            return self.show(row, str(refused), reason)
        return self.done(row)

    def done(self, row: Invitation) -> HttpResponse:
        """On to the form of the delegation where it can be filled in; else back."""
        address = reverse("events:register", args=[self.member.slug, row.event.slug])
        if row.state == State.ACCEPTED and not places.why_closed(row.event, timezone.now()):
            messages.success(self.request, _("Your city comes. Now name the delegation."))
            return redirect(address)
        messages.success(self.request, _("Your answer is noted. Thank you."))
        return redirect("events:invitation", self.member.slug, row.event.slug)

    def get_invitation(self) -> Invitation:
        rows = Invitation.objects.filter(member=self.member, event__in=Event.objects.published())
        return get_object_or_404(
            rows.select_related("event", "answered_by", "member"),
            event__slug=self.kwargs["slug"],
        )

    def show(self, row: Invitation, problem: str = "", reason: str = "") -> HttpResponse:
        now, event = timezone.now(), row.event
        is_late = bool(row.answer_until and row.answer_until <= now)
        return self.render_to_response(
            self.get_context_data(
                invitation=row,
                event=event,
                State=State,
                problem=problem,
                reason=reason,
                final=places.why_final(event, now),
                is_late=is_late and row.state != State.ACCEPTED,
                registered=invitations.has_delegation(row),
                closed=places.why_closed(event, now) or audience_rules.why_not(event, self.member),
                when=words.when_text(event.starts_at, event.ends_at, event.zone),
            )
        )
