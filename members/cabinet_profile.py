"""The profile in the cabinet: the form, one's own photos, the fields that were returned."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from content import privatefiles
from content.editing import answered, once
from members import moderation, profile
from members.cabinet import MandateMixin
from members.models import ProfileChange, ProfileUpdate
from members.profile_forms import CorrectionsForm, ProfileForm


class ProfileEdit(MandateMixin, FormView):
    """The profile in both languages side by side; what is sent waits for the secretariat."""

    template_name = "members/cabinet_profile.html"
    menu_name = "members:cabinet_profile"
    form_class = ProfileForm
    leads_to = "members:cabinet_profile"

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
        messages.success(self.request, _outcome(self.propose(form), before))
        return reverse(self.leads_to, args=[self.member.slug])

    def propose(self, form: ProfileForm) -> ProfileUpdate | None:
        return moderation.propose(
            self.member,
            self.request.user,
            form.changes(),
            form.pictures(),
            dropped=form.dropped(),
            corrected=self.settled(form),
        )

    def settled(self, form: ProfileForm) -> set[str]:
        return set()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            standing=self.standing,
            differences=profile.differences(self.standing),
            returned=self.returned,
            **kwargs,
        )


class Photos(ProfileEdit):
    """The member's own photos beside the first one, up to six."""

    template_name = "members/cabinet_photos.html"
    menu_name = leads_to = "members:cabinet_photos"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"fields": profile.GALLERY}


class WaitingPicture(MandateMixin, View):
    """A picture that waits for the secretariat, for all who represent the member today."""

    def get(self, request: HttpRequest, member_slug: str, field: str) -> HttpResponseBase:
        waiting = ProfileChange.objects.filter(
            update__in=ProfileUpdate.objects.waiting().filter(member=self.member), field=field
        )
        change = get_object_or_404(waiting.select_related("file"), file__isnull=False)
        return privatefiles.response_for(change.file)


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
