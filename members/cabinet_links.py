"""Addresses that moved, in the cabinet: yes or no, one click each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from members import linkcheck
from members.cabinet import MandateMixin


class Links(MandateMixin, TemplateView):
    """The questions of the weekly check."""

    template_name = "members/cabinet_links.html"
    menu_name = "members:cabinet_profile"

    def get_context_data(self, **kwargs):
        questions = linkcheck.open_questions(self.member)
        return super().get_context_data(questions=questions, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """`check` is the question, `target` the address shown, `yes` or `no` the button."""
        number = request.POST.get("check", "")
        checks = self.member.link_checks.select_related("member")
        check = checks.filter(pk=number).first() if number.isdecimal() else None
        target = request.POST.get("target", "")
        try:
            if check is None:
                raise linkcheck.NotAsked(linkcheck.OUTDATED)
            if "yes" in request.POST:
                linkcheck.confirm(check, target, request.user)
                messages.success(request, _("The new address is on your page."))
            else:
                linkcheck.decline(check, target, request.user)
                messages.success(request, _("The address stays as it is."))
        except linkcheck.NotAsked as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("members:cabinet_links", args=[self.member.slug]))
