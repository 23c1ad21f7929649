"""Taking an offer of the portal over as the answer: what somebody clicked, as it is counted now."""

from typing import Any

from django.utils.translation import gettext as _

from questionnaires import answering, numbers, offers
from questionnaires.answering import Conflict, Given, Saved
from questionnaires.models import AnswerChange, Response
from questionnaires.refusals import Refused
from ratings.models import Indicator


def take(response: Response, indicator: Indicator, by: Any, version: int) -> Saved | Conflict:
    """Keep what the portal counts for this question; its items stand as proof with the answer.

    Raises Refused where nothing is offered (any more), where the number is outside the range of
    the question, and as `answering.save` does.
    """
    offer = offers.offers_for(response, [indicator]).get(indicator.code)
    if offer is None:
        raise Refused(_("The portal offers nothing for this question any more."))
    value = "yes" if offer.is_yes else numbers.in_field(offer.value)
    given = Given(value, offered=offer.kept())
    return answering.save(response, indicator, given, by, version, AnswerChange.Deed.OFFERED)
