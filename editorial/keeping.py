"""How long preview links are kept: registered for the nightly purge."""

import datetime

from django.utils.translation import gettext_lazy as _

from content import retention
from editorial.models import PreviewLink

KEPT = datetime.timedelta(days=365)


def purge(now: datetime.datetime) -> int:
    """Erase preview links, with the note for whom they were, a year after they ran out."""
    return PreviewLink.objects.filter(expires_at__lt=now - KEPT).delete()[0]


retention.register(
    "editorial.previews",
    label=_("For whom preview links were made"),
    purpose=_("reading drafts before they are public"),
    basis=_("legitimate interest of the association"),
    keeps=_("a year after the link ran out"),
    purge=purge,
)
