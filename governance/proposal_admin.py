"""Proposed delegates in the admin: one click confirms, a refusal says why."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from governance import proposals, seats
from governance.forms import RefusalForm, add_errors
from governance.models import DelegateProposal
from governance.staff_forms import ConfirmForm


class ProposalAdmin(admin.ModelAdmin):
    list_display = ["full_name_ru", "full_name_en", "member", "body", "role", "state",
                    "proposed_at"]  # fmt: skip
    list_filter = ["state", "role"]
    list_select_related = ["term__member", "term__seat__body"]
    search_fields = ["full_name_ru", "full_name_en", "term__member__name_search"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("member"))
    def member(self, proposal):
        return proposal.term.member

    @admin.display(description=_("body"))
    def body(self, proposal):
        return proposal.term.seat.body

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The proposal; a post confirms or refuses it."""
        if not str(object_id).isdecimal():
            raise Http404
        found = DelegateProposal.objects.select_related(
            "term__member", "term__seat__body", "proposed_by"
        )
        proposal = get_object_or_404(found, pk=object_id)
        if not self.has_view_or_change_permission(request, proposal):
            raise PermissionDenied
        form = ConfirmForm(initial={"person": proposals.known_person(proposal)})
        refusal = RefusalForm()
        if request.method == "POST":
            if not self.has_change_permission(request, proposal):
                raise PermissionDenied
            if "_refuse" in request.POST:
                refusal = RefusalForm(request.POST)
                done = self._tried(refusal, lambda: self._refuse(request, proposal, refusal))
            else:
                form = ConfirmForm(request.POST)
                done = self._tried(form, lambda: self._confirm(request, proposal, form))
            if done:
                return redirect("admin:governance_delegateproposal_changelist")
        return self._page(request, proposal, form, refusal)

    def _tried(self, form, deed) -> bool:
        """Whether the deed was done; False when the form has something to say."""
        if not form.is_valid():
            return False
        try:
            deed()
        except ValidationError as error:
            add_errors(form, error)
        return form.is_valid()

    def _confirm(self, request: HttpRequest, proposal: DelegateProposal, form) -> None:
        filling = proposals.confirm(proposal, request.user, form.cleaned_data["person"])
        text = _("%(person)s sits there as %(role)s.")
        words = {"person": filling.person, "role": filling.get_role_display()}
        self.message_user(request, text % words, messages.SUCCESS)
        if not seats.may_vote(filling):
            text = _("A substitute without a mandate may speak, may not vote.")
            self.message_user(request, text, messages.WARNING)

    def _refuse(self, request: HttpRequest, proposal: DelegateProposal, form) -> None:
        proposals.refuse(proposal, request.user, form.cleaned_data["reason"])
        text = _("Refused. The representative sees the reason in the cabinet.")
        self.message_user(request, text, messages.SUCCESS)

    def _page(self, request: HttpRequest, proposal, form, refusal) -> HttpResponse:
        is_open = proposal.state == DelegateProposal.State.WAITING
        context = {
            **self.admin_site.each_context(request),
            "proposal": proposal,
            "form": form,
            "refusal": refusal,
            "may_decide": is_open and self.has_change_permission(request, proposal),
            "media": self.media + form.media,
            "opts": self.opts,
            "title": str(proposal),
        }
        return TemplateResponse(request, "admin/governance/proposal.html", context)
