"""What the cabinet of a member shows of meetings and elections."""

from django.urls import reverse
from django.utils import timezone

from content.languages import in_language, reading_order
from governance.models import OfficeTerm, Person
from meetings import delegates, eligibility, listing
from meetings.models import Election, Meeting, MeetingDocument, Nomination
from members.models import Member

PAPERS_SHOWN = 40


def coming(member: Member) -> list[dict]:
    """Meetings to come that concern the member; `delegates` leads to the form of an assembly."""
    found = Meeting.objects.upcoming().of_bodies_of(member)
    meetings = list(found.select_related("body__organisation"))
    rows = listing.rows(meetings)
    for meeting, row in zip(meetings, rows, strict=True):
        if meeting.is_general_assembly:
            row["delegates"] = reverse("meetings:delegates", args=[member.slug, meeting.slug])
    return rows


def papers(member: Member) -> list[MeetingDocument]:
    """The latest papers that the member may read and the public may not."""
    own = Member.objects.members().filter(pk=member.pk)
    found = MeetingDocument.objects.for_members(own).exclude(audience="public")
    return list(
        found.select_related("meeting", "file").order_by("-meeting__starts_at", "-pk")[
            :PAPERS_SHOWN
        ]
    )


def elections(member: Member) -> list[dict]:
    """Elections that take nominations now: `election`, `own` (the member's nomination or None)."""
    found = list(Election.objects.taking_nominations(timezone.now()).select_related("body"))
    own = {
        one.election_id: one
        for one in Nomination.objects.filter(
            election__in=found, proposed_by_member=member, withdrawn_at=None
        ).select_related("member", "person")
    }
    return [
        {
            "election": one,
            "own": own.get(one.pk),
            "url": reverse("meetings:nominate", args=[member.slug, one.pk]),
        }
        for one in found
    ]


def candidates_of(member: Member) -> list[tuple[int, str]]:
    """The people who hold an office of the member today, as choices of a form."""
    terms = OfficeTerm.objects.on().filter(office__member=member)
    people = Person.objects.filter(pk__in=terms.values("person"))
    people = people.order_by(f"sort_key_{reading_order()[0]}", "pk")
    return [(person.pk, in_language(person, "full_name")[0]) for person in people]


def warnings(meeting: Meeting, member: Member) -> list[str]:
    """What a member must know about those it has named; the first is the gravest."""
    named = delegates.named(meeting, member)
    substitute = named.get("substitute")
    if substitute is not None and not substitute.has_mandate:
        return [eligibility.no_mandate()]
    return []
