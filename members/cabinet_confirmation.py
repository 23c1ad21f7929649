"""The yearly question in the cabinet: all that the public sees, to confirm or to correct."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from members import confirmation, departments, mandates, passport
from members.cabinet_profile import ProfileEdit
from members.models import Confirmation
from members.profile_forms import ConfirmationForm


class ConfirmPage(ProfileEdit):
    """One prefilled page. What is corrected goes the way of every change of the profile."""

    template_name = "members/cabinet_confirmation.html"
    menu_name = leads_to = "members:cabinet_confirmation"
    form_class = ConfirmationForm

    @cached_property
    def question(self) -> Confirmation | None:
        return confirmation.open_question(self.member)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not mandates.may_sign(request.user, self.member):
            raise PermissionDenied(_("The lead representative or the signatory confirms the page."))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if self.question is None:
            form.add_error(None, _("The page was confirmed meanwhile. Nothing was changed now."))
            return self.form_invalid(form)
        return super().form_valid(form)

    def send(self, form: ConfirmationForm) -> str:
        """Confirm, and put what was corrected before the secretariat."""
        before = self.standing.waiting and self.standing.waiting.version
        update = self.propose(form)
        note = form.cleaned_data["note"]
        confirmation.confirm(self.member, self.request.user, note)
        is_corrected = bool(note) or (update is not None and update.version != before)
        messages.success(self.request, _thanks(is_corrected))
        return reverse(self.leads_to, args=[self.member.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            question=self.question,
            may_sign=mandates.may_sign(self.request.user, self.member),
            confirmed_on=confirmation.last_confirmed(self.member),
            population=passport.population(self.member),
            departments=departments.departments_of(self.member),
            people=self.member.representatives.on().select_related("user"),
            **kwargs,
        )


def _thanks(is_corrected: bool) -> str:
    if is_corrected:
        return _("Confirmed. What you corrected is with the secretariat.")
    return _("Confirmed. The public page says so.")
