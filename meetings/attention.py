"""What a representative should do next about meetings: name delegates, send a mandate, nominate."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language
from meetings import eligibility
from meetings.models import AssemblyDelegate, Election, Meeting, Nomination
from members import attention
from members.attention import Attention

SOON = datetime.timedelta(days=14)
PRESSING = datetime.timedelta(days=3)


@attention.register
def delegates_to_name(member, user) -> Iterator[Attention]:
    """Assemblies to come for which the member has named nobody, or a substitute who cannot vote."""
    now = timezone.now()
    assemblies = list(
        Meeting.objects.upcoming(now).filter(
            body__kind="assembly", body__organisation__is_own=True, starts_at__gt=now
        )
    )
    if not assemblies or not member.periods.on().exists():
        return
    named = AssemblyDelegate.objects.filter(meeting__in=assemblies, member=member)
    found = {(row.meeting_id, row.role): row for row in named}
    for meeting in assemblies:
        substitute = found.get((meeting.pk, "substitute"))
        if (meeting.pk, "delegate") not in found:
            yield _about(member, meeting, now, _("Name the delegates: %(meeting)s"))
        elif substitute is not None and not substitute.has_mandate:
            yield _about(
                member, meeting, now, _("Send a mandate: %(meeting)s"), eligibility.no_mandate()
            )


def _about(member, meeting: Meeting, now, words: str, note: str = "") -> Attention:
    return Attention(
        title=words % {"meeting": in_language(meeting, "title")[0]},
        url=reverse("meetings:delegates", args=[member.slug, meeting.slug]),
        action=_("Name delegates"),
        deadline=meeting.starts_at,
        note=note,
        zone=member.time_zone,
        is_hot=meeting.starts_at - now <= SOON,
    )


@attention.register
def nominations_closing(member, user) -> Iterator[Attention]:
    """Elections whose nominations close within two weeks, where the member nominated nobody."""
    now = timezone.now()
    found = list(Election.objects.taking_nominations(now).filter(closes_at__lte=now + SOON))
    if not found or not member.periods.on().exists():
        return
    done = Nomination.objects.filter(
        election__in=found, proposed_by_member=member, withdrawn_at=None
    )
    taken = set(done.values_list("election_id", flat=True))
    for election in found:
        if election.pk not in taken:
            yield Attention(
                title=_("Nominations close: %(election)s")
                % {"election": in_language(election, "title")[0]},
                url=reverse("meetings:nominate", args=[member.slug, election.pk]),
                action=_("Nominate a candidate"),
                deadline=election.closes_at,
                zone=member.time_zone,
                is_hot=election.closes_at - now <= PRESSING,
            )
