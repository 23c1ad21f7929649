"""How long the links of outside translators are kept: registered for the nightly purge."""

import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content import retention
from translating.models import TranslationLink

KEPT = datetime.timedelta(days=365)


def purge(now: datetime.datetime) -> int:
    """Erase links a year after their end: their decision, or the day from which they were shut.

    What came back and waits for a decision stays.
    """
    day = now - KEPT
    unused = Q(returned_at=None) & (Q(expires_at__lt=day) | Q(revoked_at__lt=day))
    over = TranslationLink.objects.filter(unused | Q(decided_at__lt=day))
    return over.delete()[0]


retention.register(
    "translating.links",
    label=_("Names and addresses of outside translators"),
    purpose=_("sending out texts and taking translations back"),
    basis=_("agreement with the translator"),
    keeps=_("a year after the decision about the translation"),
    purge=purge,
)
