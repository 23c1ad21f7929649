"""Taking over what the portal knows: one click, one answer, and the rest of the page is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from questionnaires import answering, offers, sheet
from questionnaires.answering import Entry, Given
from questionnaires.models import AnswerChange
from questionnaires.offers import Offer
from questionnaires.refusals import Refused
from questionnaires.section_views import SectionPage
from questionnaires.sheet import Box


class TakeOffer(SectionPage):
    """A button beside a question posts the section here; no offer becomes an answer without it."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Whoever was signed out meanwhile comes back to the section."""
        return redirect(self.address("section", kwargs["code"]))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # What is typed in the field of this question gives way to the offer.
        request.POST = request.POST.copy()
        request.POST["take"] = str(kwargs["indicator"])
        return super().post(request, *args, **kwargs)

    def keep_answers(self, boxes: dict[int, Box]) -> None:
        """Keep what was typed elsewhere on the page, then the offer."""
        box = boxes.get(int(self.kwargs["indicator"]))
        if box is None:
            raise Http404
        offer = offers.offers_for(self.response, [box.indicator]).get(box.indicator.code)
        if offer is None:
            raise Refused(_("The portal knows nothing for this question any more."))
        super().keep_answers(boxes)
        self.take(box, offer)

    def take(self, box: Box, offer: Offer) -> None:
        """Save the offer with its proof; a conflict shows both values, as with typed answers."""
        version = sheet.version_seen(self.request.POST, box.indicator)
        entry = Entry(box.indicator, given_by(offer), version)
        deed = AnswerChange.Deed.OFFERED
        found = answering.save_all(self.response, [entry], self.request.user, deed)
        self.show(box, found[box.pk])


def given_by(offer: Offer) -> Given:
    """The answer that an offer stands for."""
    value = "yes" if offer.is_yes else str(offer.value)
    return Given(value, offered=offer.kept())
