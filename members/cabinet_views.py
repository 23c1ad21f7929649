"""The cabinet of a member: what needs attention, the profile, the fields that were returned."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from content.editing import answered, once
from members import completeness, handover, moderation, profile
from members.attention import attention_for
from members.cabinet import MandateMixin
from members.forms import CorrectionsForm, ProfileForm
from members.models import Member, ProfileChange, ProfileUpdate

DECISIONS_SHOWN = 5


class CabinetChooser(LoginRequiredMixin, TemplateView):
    """Leads to the only city at once; who represents several chooses, staff go to their pages.

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
        items = completeness.items(self.member)
        return super().get_context_data(
            todo=attention_for(self.member, self.request.user),
            standing=profile.standing_of(self.member),
            items=items,
            done=sum(item.is_done for item in items),
            decisions=decided.prefetch_related("changes").order_by("-decided_at")[:DECISIONS_SHOWN],
            **kwargs,
        )


class ProfileEdit(MandateMixin, FormView):
    """The profile in both languages side by side; what is sent waits for the secretariat."""

    template_name = "members/cabinet_profile.html"
    menu_name = "members:cabinet_profile"
    form_class = ProfileForm

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        with transaction.atomic():
            self.member = profile.locked(self.member)
            if first := answered(request.POST.get("form_key", "")):
                return first
            return super().post(request, *args, **kwargs)

    @cached_property
    def standing(self) -> profile.Standing:
        return profile.standing_of(self.member)

    @cached_property
    def returned(self) -> list[ProfileChange]:
        return profile.returned_changes(self.member)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"standing": self.standing}

    def form_valid(self, form):
        return once(form.cleaned_data["form_key"], lambda: self.send(form))

    def send(self, form: ProfileForm) -> str:
        """Put what was typed before the secretariat; the address to go on to."""
        before = self.standing.waiting and self.standing.waiting.version
        update = moderation.propose(
            self.member,
            self.request.user,
            form.changes(),
            form.proposed_photo(),
            drop_photo=form.drops_photo,
            corrected=self.settled(form),
        )
        messages.success(self.request, _outcome(update, before))
        return reverse("members:cabinet_profile", args=[self.member.slug])

    def settled(self, form: ProfileForm) -> set[str]:
        return set()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            standing=self.standing,
            differences=profile.differences(self.standing),
            returned=self.returned,
            **kwargs,
        )


class Corrections(ProfileEdit):
    """Only the fields that were returned, each with the reason."""

    template_name = "members/cabinet_corrections.html"
    menu_name = "members:cabinet_corrections"
    form_class = CorrectionsForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"returned": self.returned}

    def settled(self, form: CorrectionsForm) -> set[str]:
        return form.corrected()


def _outcome(update: ProfileUpdate | None, before: int | None) -> str:
    if update is None:
        return _("Nothing waits for the secretariat: the profile is as the public sees it.")
    if update.version == before:
        return _("Nothing was changed. What you sent earlier still waits for the secretariat.")
    return _("Sent to the secretariat. The public page stays as it is until they have decided.")
