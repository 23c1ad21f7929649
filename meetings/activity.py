"""Elections that a member won, for its chronicle."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.dates import local_day
from content.languages import in_language, reading_order
from content.timezones import association_zone
from meetings.models import Protocol
from members import activity


@activity.register
def elected(member) -> Iterator[activity.Activity]:
    """One query: the published protocols that name the member among the elected."""
    won = [{"member": member.pk, "is_elected": True}]
    found = Protocol.objects.filter(candidates__contains=won)
    for protocol in found.select_related("election__meeting", "election__body"):
        election = protocol.election
        meeting = election.meeting
        body, language = in_language(election.body, "name")
        yield activity.Activity(
            day=meeting.day if meeting else local_day(protocol.published_at, association_zone()),
            title=_("Elected: %(body)s") % {"body": body},
            kind=activity.Kind.SEAT,
            url=meeting.get_absolute_url() if meeting and meeting.is_public() else None,
            language=language if language != reading_order()[0] else "",
        )
