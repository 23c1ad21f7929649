"""The way into the cabinet: the choice of a city, and its front page."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from accounts import landing
from members import certificate, completeness, handover, profile
from members.attention import attention_for
from members.cabinet import MandateMixin
from members.models import Member, ProfileUpdate

DECISIONS_SHOWN = 5


class CabinetChooser(LoginRequiredMixin, TemplateView):
    """Leads to the only city at once; who represents several chooses, jurors and staff go to
    their pages.

    Whose mandate has ended finds the page of the hand-over and nothing else of the city.
    """

    template_name = "members/cabinet_chooser.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        own = Member.objects.editable_by(request.user).select_related("country")
        self.members = list(own.in_alphabetical_order())
        self.ended = handover.mandates_ended(request.user)
        if len(self.members) == 1 and not self.ended:
            return redirect("members:cabinet_member", self.members[0].slug)
        if len(self.ended) == 1 and not self.members:
            return redirect("members:cabinet_handover", self.ended[0].member.slug)
        if not self.members and not self.ended and (page := landing.url_for(request.user)):
            return redirect(page)
        if not self.members and not self.ended and request.user.is_staff:
            return redirect("admin:index")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(members=self.members, ended=self.ended, **kwargs)


class CabinetFront(MandateMixin, TemplateView):
    """What needs attention, how complete the profile is, what was decided."""

    template_name = "members/cabinet_front.html"
    menu_name = "members:cabinet_member"

    def get_context_data(self, **kwargs):
        decided = self.member.profile_updates.filter(status=ProfileUpdate.Status.DECIDED)
        decided = decided.select_related("letter").prefetch_related("changes")
        items = completeness.items(self.member)
        return super().get_context_data(
            todo=attention_for(self.member, self.request.user),
            standing=profile.standing_of(self.member),
            items=items,
            certificate=certificate.current(self.member),
            done=sum(item.is_done for item in items),
            decisions=decided.select_related("letter")
            .prefetch_related("changes")
            .order_by("-decided_at")[:DECISIONS_SHOWN],
            **kwargs,
        )
