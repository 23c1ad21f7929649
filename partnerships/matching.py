"""The match-maker: members of one size that share a topic, both look for partners, no tie yet."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from content.models import Topic
from members.models import Member
from members.passport import size_categories
from partnerships.models import MatchWish, Partnership

MOST_MATCHES = 12


@dataclass(frozen=True)
class Match:
    """A member that fits, and the topics both care for."""

    member: Member
    topics: list[Topic]


def matches_for(member: Member) -> list[Match]:
    """Who fits this member today, most shared topics first; none while it does not look for
    partners, without topics or without a known size. At most five queries."""
    if not MatchWish.objects.filter(member=member).exists():
        return []
    own = {topic.pk: topic for topic in member.topics.all()}
    size = _size_of(member)
    if not own or size is None:
        return []
    found = (
        _of_size(_free_for(member), size)
        .annotate(shared=Count("topics", filter=Q(topics__in=own), distinct=True))
        .filter(shared__gt=0)
        .select_related("country")
        .prefetch_related("topics")
        .order_by("-shared", "sort_key_ru", "pk")[:MOST_MATCHES]
    )
    return [
        Match(one, [topic for topic in one.topics.all() if topic.pk in own]) for one in found
    ]  # fmt: skip


def _free_for(member: Member):
    """Members of today that look for partners and have no tie with this one."""
    tied = Partnership.objects.filter(
        Q(member_a=member, member_b=OuterRef("pk")) | Q(member_b=member, member_a=OuterRef("pk"))
    )
    return (
        Member.objects.members()
        .filter(match_wish__isnull=False)
        .exclude(pk=member.pk)
        .filter(~Exists(tied))
    )


def _size_of(member: Member):
    row = Member.objects.with_population().values_list("population", flat=True).get(pk=member.pk)
    return next((size for size in size_categories() if size.holds(row)), None)


def _of_size(members, size):
    members = members.with_population().filter(population__gte=size.minimum)
    return members if size.maximum is None else members.filter(population__lt=size.maximum)
