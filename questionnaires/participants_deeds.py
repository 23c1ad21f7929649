"""Deeds of staff on the questionnaire of one city, each a page with its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from questionnaires import participating
from questionnaires.models import Response
from questionnaires.participants_forms import InhabitantsForm, ReasonForm, SureForm, ZoneForm
from questionnaires.refusals import Refused

LEFT_OUT = Response.State.LEFT_OUT


@dataclass(frozen=True)
class Deed:
    """A title, a button, a form, and what is done with it; offered while nothing is sealed."""

    name: str
    title: Any
    button: Any
    form: type[forms.Form]
    run: Callable[[Response, Any, Any], object]
    done: Any
    fits: Callable[[Response], bool] = lambda _response: True

    def is_offered(self, response: Response) -> bool:
        return response.edition.sealed_at is None and self.fits(response)


DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "inhabitants", _("Inhabitants"), _("Save the number"), InhabitantsForm,
            lambda response, form, by: participating.set_inhabitants(response, form.known(), by),
            _("The number of inhabitants is saved."),
        ),
        Deed(
            "zone", _("Choose the zone"), _("Save the zone"), ZoneForm,
            lambda response, form, by: participating.set_zone(
                response, form.cleaned_data["zone"], by
            ),
            _("The zone is saved."),
        ),
        Deed(
            "leave-out", _("Leave out of the rating"), _("Leave the city out"), ReasonForm,
            lambda response, form, by: participating.leave_out(
                response, form.cleaned_data["reason"], by
            ),
            _("The city is left out of the rating."),
            lambda response: response.state != LEFT_OUT,
        ),
        Deed(
            "take-back", _("Take part again"), _("Let the city take part again"), SureForm,
            lambda response, form, by: participating.take_back(response, by),
            _("The city takes part again."),
            lambda response: response.state == LEFT_OUT,
        ),
    )
}  # fmt: skip


class DeedsMixin:
    """For the admin of `Response`; it gives `response_of`."""

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """The form of a deed, then the deed; a refusal stays beside the form."""
        response = self.response_of(request, pk)
        if deed not in DEEDS:
            raise Http404
        chosen = DEEDS[deed]
        is_post = request.method == "POST"
        form = chosen.form(request.POST if is_post else None, response=response)
        if is_post and form.is_valid():
            try:
                chosen.run(response, form, request.user)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                self.message_user(request, chosen.done, messages.SUCCESS)
                return redirect("admin:questionnaires_response_change", response.pk)
        return self.form_page(
            request, form, chosen.title, chosen.button, lead=f"{response}. {response.edition}"
        )

    def form_page(
        self, request: HttpRequest, form: forms.Form, title, button, *, lead: str = "",
        fieldsets: list | None = None,
    ) -> HttpResponse:  # fmt: skip
        """A page of the admin with one form."""
        visible = [field.name for field in form.visible_fields()]
        sets = fieldsets or [(None, {"fields": visible})]
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, sets, {}, model_admin=self),
            "title": title,
            "lead": lead,
            "button": button,
            "opts": self.opts,
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)
