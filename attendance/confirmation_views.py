"""The letter that confirms a delegation, in the cabinet of its member."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import View

from attendance import confirmation_letters
from content.downloads import pdf_response
from events.models import Delegation
from members.cabinet import MandateMixin


class ConfirmationLetter(MandateMixin, View):
    """The letter of the member's own delegation; 404 while nobody of it has a place."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        own = Delegation.objects.for_user(request.user).select_related("event", "member")
        delegation = get_object_or_404(own, member=self.member, event__slug=kwargs["slug"])
        made = confirmation_letters.letter(delegation)
        if made is None:
            raise Http404
        return pdf_response(made, f"{delegation.event.slug}-confirmation.pdf")
