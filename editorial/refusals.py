"""Why a deed of the desk is refused: sentences for the person at the screen."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Refused(ValidationError):
    """The deed does not fit what is stored; the message says why."""


CHANGED = _(
    "The text was changed while this page was open. Nothing was decided: look at the text as it "
    "is now and decide again."
)
DECIDED = _("This review was decided meanwhile.")
OWN = _("You asked for this review: somebody else decides about it.")
IN_REVIEW = _("It is in review already.")
OPEN_QUESTIONS = _("Confirm what is asked, or put it right first.")
NOT_PUBLIC = _("It is not public, so there is nothing to correct or withdraw.")
IS_PUBLIC = _("It is public already: it can be corrected or withdrawn.")
