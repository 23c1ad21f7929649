"""Deadlines of calls for a host city in the calendars of the association."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.languages import in_each, in_language
from events import calendar_sources
from events.calendar_sources import Entry
from hosting.models import HostCall

KIND = _("deadline of bids to host")


@calendar_sources.register
def bids_close(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when cities send bids: one query."""
    found = HostCall.objects.published().filter(closes_at__gte=first, closes_at__lt=last)
    for call in found.order_by("closes_at", "pk"):
        yield Entry(
            key=f"host-call-{call.pk}",
            kind=KIND,
            moment=call.closes_at,
            address=call.get_absolute_url,
            **in_each("title", lambda call=call: _words(call)),
        )


def _words(call: HostCall) -> str:
    return gettext("Bids to host close: %(title)s") % {"title": in_language(call, "title")[0]}
