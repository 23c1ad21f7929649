"""Requests to the secretariat in the cabinet: send one, read the answer, close it."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from content.editing import answered, once
from members.cabinet import MandateMixin
from partnerships import helping
from partnerships.forms import HelpForm
from partnerships.models import HelpRequest

MENU = "partnerships:cabinet_requests"
# Each is a letter to everybody who answers.
RATES = {"ask": "20/d/user"}


class Requests(MandateMixin, TemplateView):
    """What the member has asked for, the latest first."""

    template_name = "partnerships/cabinet_requests.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        rows = HelpRequest.objects.for_user(self.request.user).filter(member=self.member)
        return super().get_context_data(requests=rows, **kwargs)


class NewRequest(MandateMixin, FormView):
    """Ask for an introduction, a consultation or help; `?to=` names a member to meet."""

    template_name = "partnerships/cabinet_request_new.html"
    menu_name = MENU
    form_class = HelpForm

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "member": self.member, "to": slugify(self.request.GET.get("to", "")[:80])
        }  # fmt: skip

    def form_valid(self, form):
        if not ratelimit.consume(self.request, app="partnerships", action="ask", config=RATES):
            form.add_error(None, _("You have sent many requests today. Go on tomorrow."))
            return self.form_invalid(form)
        try:
            return once(form.cleaned_data["form_key"], lambda: self.send(form))
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)

    def send(self, form: HelpForm) -> str:
        row = helping.send(self.member, self.request.user, **form.wish())
        messages.success(self.request, _("Sent to the secretariat. You get the answer by mail."))
        return reverse("partnerships:cabinet_request", args=[self.member.slug, row.pk])


class OneRequest(MandateMixin, TemplateView):
    """A request with its history; a post closes it."""

    template_name = "partnerships/cabinet_request.html"
    menu_name = MENU

    def get_request(self) -> HelpRequest:
        rows = HelpRequest.objects.for_user(self.request.user).filter(member=self.member)
        rows = rows.select_related("wished_country", "wished_member", "created_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        helping.close(self.get_request(), request.user)
        messages.success(request, _("The request is closed."))
        return redirect(MENU, self.member.slug)

    def get_context_data(self, **kwargs):
        row = self.get_request()
        return super().get_context_data(
            help_request=row, steps=row.steps.select_related("by"), **kwargs
        )
