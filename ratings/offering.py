"""Names of what the portal itself knows of cities; `questionnaires.offers` fills them in."""

from django.utils.translation import gettext_lazy as _

# Code, as an indicator keeps it -> words for the list in its form.
known: dict[str, str] = {}


def choices() -> list[tuple[str, str]]:
    """For a form: nothing first, then each source by its words."""
    return [("", _("nothing is offered")), *known.items()]
