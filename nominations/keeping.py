"""How long contact data of dossiers are kept: registered for the nightly purge."""

import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content import retention
from nominations.models import Dossier

KEPT = datetime.timedelta(days=365)


def purge(now: datetime.datetime) -> int:
    """Erase who answered questions about dossiers that ended a year ago or were never decided."""
    day = (now - KEPT).date()
    ended = Q(state__in=Dossier.GONE, sent_on__lt=day)
    dropped = ~Q(state__in=Dossier.GONE) & Q(created_at__lt=now - KEPT)
    still_open = Q(state__in=("interest", "writing")) & (
        Q(call__deadline_on__isnull=True) | Q(call__deadline_on__gte=day)
    )
    given = ~Q(contact_name="") | ~Q(contact_email="") | ~Q(contact_phone="")
    found = Dossier.objects.filter(ended | dropped).filter(given).exclude(still_open)
    return Dossier.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(
        contact_name="", contact_email="", contact_phone=""
    )


retention.register(
    "nominations.contacts",
    label=_("Contact persons of nomination dossiers"),
    purpose=_("questions of the giver and of the secretariat about a dossier"),
    basis=_("the city names them in its dossier"),
    keeps=_("a year after the dossier is sent or given up"),
    purge=purge,
)
