"""Which points a city may read, and that they are said to be ready."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language
from members import attention
from members.attention import Attention
from members.models import Member
from standings.models import Points, Seal

NEW_FOR = timedelta(days=30)


def points_of_member(member: Member) -> QuerySet[Points]:
    """Points of this city alone: of current seals that are out, where the edition shows them.

    The newest edition first.
    """
    return (
        Points.objects.filter(
            standing__seal__in=Seal.objects.current(), standing__member=member,
            standing__edition__shows_points=True,
        )
        .select_related("standing__edition__rating", "standing__seal")
        .order_by("-standing__edition__year", "-pk")
    )  # fmt: skip


@attention.register
def points_are_ready(member, user) -> Iterator[Attention]:
    """Points that came out in the last thirty days: one row for each edition, one query."""
    since = timezone.now() - NEW_FOR
    for points in points_of_member(member).filter(standing__seal__published_at__gte=since):
        edition = points.standing.edition
        yield Attention(
            title=_("Points of your city are ready: %(edition)s")
            % {"edition": in_language(edition, "title")[0]},
            url=reverse("standings:points", args=[member.slug, edition.pk]),
            action=_("Read the points"),
        )
