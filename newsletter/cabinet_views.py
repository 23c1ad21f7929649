"""The weekly digest in the cabinet: on or off for the person who is signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from members.cabinet import MandateMixin
from newsletter import digests
from newsletter.models import Digest


class DigestPage(MandateMixin, TemplateView):
    """What the digest is, when this city had one, and the switch."""

    template_name = "newsletter/cabinet_digest.html"
    menu_name = "newsletter:cabinet"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.POST.get("digest") == "on":
            digests.turn_on(request.user.pk)
            messages.success(request, _("You get the weekly digest again."))
        else:
            digests.turn_off(request.user.pk)
            messages.success(request, _("You get no weekly digest any more."))
        return redirect("newsletter:cabinet", self.member.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            is_on=digests.is_on(self.request.user.pk),
            earlier=Digest.objects.filter(member=self.member, letters__gt=0)[:5],
            **kwargs,
        )
