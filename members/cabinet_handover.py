"""Where a leaving representative names the successor: the page that outlives a mandate."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from content import dated
from content.editing import answered, once
from members import handover, mandates
from members.cabinet_forms import HandoverForm
from members.models import Handover


class HandoverPage(LoginRequiredMixin, FormView):
    """Shows nothing of the member but its name; strangers are told that it is not there."""

    template_name = "members/cabinet_handover.html"
    form_class = HandoverForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        slug = kwargs["member_slug"]
        self.mandate = handover.mandate_ending(request.user, slug)
        if self.mandate is None:
            mandates.note_try(request.user, slug)
            raise Http404
        if self.mandate.member.slug != slug and request.method == "GET":
            return redirect("members:cabinet_handover", self.mandate.member.slug)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return answered(request.POST.get("form_key", "")) or super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"member": self.mandate.member}

    def form_valid(self, form):
        try:
            return once(form.cleaned_data["form_key"], lambda: self.send(form))
        except ValidationError as error:
            form.add_error(None, error)
            if not form.has_error("letter"):
                form.add_error("letter", _("Browsers send a file once: choose it again."))
            return self.form_invalid(form)

    def send(self, form: HandoverForm) -> str:
        handover.ask(self.mandate, **form.values())
        messages.success(self.request, _("The letter is with the secretariat."))
        return reverse("members:cabinet_handover", args=[self.mandate.member.slug])

    def get_context_data(self, **kwargs):
        latest = self.mandate.handovers.first()
        return super().get_context_data(
            member=self.mandate.member,
            mandate=self.mandate,
            is_over=self.mandate.ends_on < dated.today(),
            latest=latest,
            is_waiting=latest is not None and latest.state == Handover.State.WAITING,
            **kwargs,
        )
