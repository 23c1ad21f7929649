"""What waits for staff: changes of journeys to decide, visa letters to make."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from travel.models import Passport, TripChange


@workqueue.register
def queues(user):
    if user.has_perm("travel.change_tripchange"):
        yield _changes()
    if user.has_perm("travel.add_visaletter"):
        yield _letters()


def _changes() -> workqueue.Queue:
    number = TripChange.objects.filter(state=TripChange.State.OPEN).count()
    return workqueue.Queue(
        title=_("Changes of journeys"),
        count=number,
        note=ngettext(
            "%(count)d change came after the deadline", "%(count)d changes came after the deadline",
            number,
        )
        % {"count": number},
        url=reverse("admin:travel_tripchange_changelist") + "?state__exact=open",
        link_text=_("Decide"),
        is_hot=number > 0,
    )  # fmt: skip


def _letters() -> workqueue.Queue:
    number = (
        Passport.objects.filter(
            participant__visa_letters__isnull=True,
            event__starts_at__gt=timezone.now(),
            event__status="announced",
        )
        .order_by()
        .count()
    )
    return workqueue.Queue(
        title=_("Visa support letters"),
        count=number,
        note=ngettext(
            "%(count)d person gave passport data and has no letter",
            "%(count)d people gave passport data and have no letter",
            number,
        )
        % {"count": number},
        url=reverse("admin:travel_traveloffer_changelist"),
        link_text=_("Make the letters"),
        is_hot=number > 0,
    )
