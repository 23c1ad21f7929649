"""What a representative should do next: passport data that a visa needs."""

import datetime
from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import in_language
from events.models import Participant
from events.models.registration import ACTIVE
from members import attention
from members.attention import Attention
from travel.models import TravelOffer

PRESSING = datetime.timedelta(days=7)


@attention.register
def passports_missing(member, user) -> Iterator[Attention]:
    """Events where somebody of the delegation has given no passport data while they are taken."""
    now = timezone.now()
    lacking = Q(
        event__participants__delegation__member=member,
        event__participants__status__in=ACTIVE,
        event__participants__mode=Participant.Mode.IN_PERSON,
        event__participants__passport__isnull=True,
    )
    offers = TravelOffer.objects.filter(
        asks_visa=True, event__starts_at__gt=now, event__status="announced"
    ).annotate(lacking=Count("event__participants", filter=lacking))
    for offer in offers.filter(lacking__gt=0).select_related("event").order_by("event", "pk"):
        event, number = offer.event, offer.lacking
        if now >= offer.passports_end():
            continue
        yield Attention(
            title=_("Visa support: %(event)s") % {"event": in_language(event, "title")[0]},
            note=ngettext(
                "Passport data of %(number)d person are missing. Who needs no visa needs not "
                "give them.",
                "Passport data of %(number)d people are missing. Who needs no visa needs not "
                "give them.",
                number,
            )
            % {"number": number},
            url=reverse("travel:cabinet", args=[member.slug, event.slug]),
            action=_("Give passport data"),
            deadline=offer.passports_end(),
            zone=event.time_zone,
            is_hot=offer.passports_end() - now <= PRESSING,
        )
