"""What a representative should do next: passport data that a visa needs."""

import datetime
from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import in_language
from events.models import Participant
from members import attention
from members.attention import Attention

PRESSING = datetime.timedelta(days=7)


@attention.register
def passports_missing(member, user) -> Iterator[Attention]:
    """Events where somebody of the delegation has given no passport data while they are taken."""
    now = timezone.now()
    lacking = (
        Participant.objects.active()
        .filter(
            delegation__member=member,
            mode=Participant.Mode.IN_PERSON,
            passport__isnull=True,
            event__travel__asks_visa=True,
            event__starts_at__gt=now,
            event__status="announced",
        )
        .order_by()
    )
    counted = dict(lacking.values_list("event").annotate(Count("pk")))
    people = lacking.select_related("event__travel").order_by("event", "pk").distinct("event")
    for person in people:
        event, number = person.event, counted[person.event_id]
        offer = event.travel
        offer.event = event
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
