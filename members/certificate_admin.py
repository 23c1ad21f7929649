"""The certificate of a member in the admin: issued by one button, then shown by the register."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from content.models import IssuedDocument
from members import certificate
from members.models import Member

MAY_ISSUE = "content.add_issueddocument"


class CertificateDesk:
    """For the admin of members: the page on which a certificate is issued."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.certificate_view)
        own = path("<int:pk>/certificate/", view, name="members_member_certificate")
        return [own, *super().get_urls()]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_issue_certificate"] = (
            obj and request.user.has_perm(MAY_ISSUE) and certificate.may_have(obj)
        )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def certificate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether to issue the certificate; where there is one, show it."""
        if not request.user.has_perm(MAY_ISSUE):
            raise PermissionDenied
        member = get_object_or_404(Member, pk=pk)
        if given := certificate.current(member):
            self.message_user(request, _("The certificate was issued before."), messages.INFO)
            return _shown(given)
        form = forms.Form(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            form.is_valid()
            try:
                issued = certificate.issue(member, request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                self.message_user(request, _("The certificate is issued."), messages.SUCCESS)
                return _shown(issued)
        context = {
            **self.admin_site.each_context(request),
            "adminform": AdminForm(form, [], {}, model_admin=self),
            "button": _("Issue the certificate"),
            "lead": _(
                "It says what is true today and gets the next number. One certificate is valid "
                "for a membership; it can be issued anew from the register of documents."
            ),
            "opts": self.opts,
            "title": _("Certificate of membership: %s") % member,
        }
        return TemplateResponse(request, "accounts/admin/form.html", context)


def _shown(document: IssuedDocument) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:content_issueddocument_change", args=[document.pk]))
