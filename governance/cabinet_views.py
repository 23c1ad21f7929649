"""The seats of a member in its cabinet, and the form that names who sits there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from content.editing import answered, once
from governance import proposals, vacancies
from governance.forms import ProposalForm, add_errors
from governance.models import SeatFilling, SeatTerm
from governance.templatetags.governance_tags import with_delegates
from members import mandates
from members.cabinet import MandateMixin


class Seats(MandateMixin, TemplateView):
    """The seats the member holds today, who fills them, and what waits for the secretariat."""

    template_name = "governance/cabinet_seats.html"
    menu_name = "governance:cabinet_seats"

    def get_context_data(self, **kwargs):
        terms = with_delegates(
            SeatTerm.objects.on().filter(member=self.member).order_by("seat__body__order", "pk")
        )
        last = proposals.last_of(terms)
        for term in terms:
            term.proposal = last.get(term.pk)
        return super().get_context_data(
            terms=terms, may_name=mandates.may_answer(self.request.user, self.member), **kwargs
        )


class Propose(MandateMixin, FormView):
    """Who answers for the member names a delegate or a substitute for one of its seats."""

    template_name = "governance/cabinet_propose.html"
    menu_name = "governance:cabinet_seats"
    form_class = ProposalForm

    def get_form(self, form_class=None):
        own = SeatTerm.objects.on().select_related("seat__body")
        self.term = get_object_or_404(own, pk=self.kwargs["pk"], member=self.member)
        if not mandates.may_answer(self.request.user, self.member):
            raise PermissionDenied(_("Only the lead representative names a delegate."))
        return super().get_form(form_class)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        waiting = vacancies.waiting_for([self.term]).get(self.term.pk)
        return context | {"term": self.term, "waiting": waiting}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            return once(form.cleaned_data["form_key"], lambda: self._propose(form))
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)

    def _propose(self, form: ProposalForm) -> str:
        proposals.propose(self.term, self.request.user, **form.values())
        messages.success(self.request, _("Sent. The secretariat confirms whom you named."))
        is_substitute = form.cleaned_data["role"] == SeatFilling.Role.SUBSTITUTE
        if is_substitute and not form.cleaned_data["has_mandate"]:
            text = _("A substitute without a mandate may speak, may not vote.")
            messages.warning(self.request, text)
        return reverse("governance:cabinet_seats", args=[self.member.slug])
