"""The certificate of membership in the cabinet."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.generic import View

from content import privatefiles
from members import certificate
from members.cabinet import MandateMixin


class CertificateFile(MandateMixin, View):
    """The paper as the secretariat issued it; 404 before that."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        issued = certificate.current(self.member)
        if issued is None:
            raise Http404
        certificate.note_download(issued, request.user)
        return privatefiles.response_for(issued.pdf)
