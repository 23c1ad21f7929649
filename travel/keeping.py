"""How long what people tell about their journey is kept: registered for the nightly purge."""

from django.utils.translation import gettext_lazy as _

from content import retention
from travel import needs, passports, trips

CONSENT = _("consent of the person, given in the form")
ON_LEAVING = _("14 days after the event; at once when the person leaves or takes back the consent")

retention.register(
    "travel.passports",
    label=_("Passport data"),
    purpose=_("visa support letters for an event"),
    basis=CONSENT,
    keeps=ON_LEAVING,
    purge=passports.purge,
)
retention.register(
    "travel.needs",
    label=_("Access needs"),
    purpose=_("an event that everybody can take part in"),
    basis=CONSENT,
    keeps=ON_LEAVING,
    purge=needs.purge,
)
retention.register(
    "travel.meals",
    label=_("Wishes about meals"),
    purpose=_("catering of an event"),
    basis=CONSENT,
    keeps=_("14 days after the event"),
    purge=trips.purge_meals,
)
retention.register(
    "travel.trips",
    label=_("Hotels, flights and trains"),
    purpose=_("accommodation and transfer, bills of hotels"),
    basis=_("participation in the event"),
    keeps=_("60 days after the event"),
    purge=trips.purge,
)
