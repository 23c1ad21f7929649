"""Where diplomas are fetched: in the cabinet of the member, and by the link of an entrant."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView, View

from content import audit, privatefiles
from laureates import diploma_letters, diplomas
from laureates.models import Diploma
from members.cabinet import MandateMixin


class CabinetDiplomas(MandateMixin, TemplateView):
    """The issued diplomas of a member and of its entries, the latest year first."""

    template_name = "laureates/cabinet_diplomas.html"
    menu_name = "laureates:cabinet_diplomas"

    def get_context_data(self, **kwargs):
        own = list(Diploma.objects.of_member(self.member).with_words().order_by("-year", "pk"))
        papers = diplomas.papers(own)
        rows = [(one, papers[one.pk]) for one in own if one.pk in papers]
        return super().get_context_data(rows=rows, **kwargs)


class CabinetDiploma(MandateMixin, View):
    """The paper of one of them."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        own = Diploma.objects.of_member(self.member)
        return _sent(get_object_or_404(own, pk=kwargs["pk"]), request.user)


@never_cache
@require_safe
def diploma_by_link(request: HttpRequest, key: str) -> HttpResponseBase:
    """The paper whose signed link this is; 404 for any other."""
    diploma = diploma_letters.find(key)
    if diploma is None:
        raise Http404
    return _sent(diploma, None)


def _sent(diploma: Diploma, by) -> HttpResponseBase:
    document = diplomas.current(diploma)
    if document is None or document.pdf is None:
        raise Http404
    audit.record("document.downloaded", document, by, document.number)
    return privatefiles.response_for(document.pdf)
