"""Fetching a certificate: by the link of a place, and in the cabinet."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from attendance import certificates
from content import audit, privatefiles
from events import placelinks
from events.models import Delegation, Participant
from members.cabinet import MandateMixin


@never_cache
@require_safe
def place_certificate(request: HttpRequest, key: str) -> HttpResponseBase:
    """The paper of the participant whose signed link this is; 404 before it was issued."""
    person = placelinks.find(key)
    if person is None:
        raise Http404
    return _sent(person, None)


class CertificateFile(MandateMixin, View):
    """The paper of somebody of the member's own delegation."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        own = Delegation.objects.for_user(request.user).filter(
            member=self.member, event__slug=kwargs["slug"]
        )
        people = Participant.objects.filter(delegation__in=own)
        return _sent(get_object_or_404(people, pk=kwargs["pk"]), request.user)


def _sent(person: Participant, by) -> HttpResponseBase:
    document = certificates.current(person)
    if document is None:
        raise Http404
    audit.record("document.downloaded", document, by, document.number)
    return privatefiles.response_for(document.pdf)
