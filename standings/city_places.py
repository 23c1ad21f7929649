"""The places of one city over the editions of a rating, or of all ratings."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse

from content.languages import in_language
from members.models import Member
from ratings.models import Edition
from standings import listing
from standings.models import Standing


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of a city: `rank` among all (None where only another place is known)."""

    edition: Edition
    rank: int | None
    rank_in_class: int | None
    class_title: str
    note: str
    is_guest: bool
    score: float | None
    source: str
    source_url: str
    url: str

    @property
    def title(self) -> str:
        return in_language(self.edition, "title")[0]

    @property
    def is_invented(self) -> bool:
        return self.edition.is_invented


def member_places(member: Member) -> list[Place]:
    """All public places of a member, the latest first. One query."""
    return _places(Standing.objects.public().filter(member=member))


def places_in_rating(columns: dict, rating: int) -> list[Place]:
    """The public places of the city of these columns in one rating, the latest first. One query.

    A city without a record here is the same one where name and country are the same.
    """
    if columns["member_id"]:
        same = Q(member=columns["member_id"])
    else:
        same = Q(
            member=None, name_ru=columns["name_ru"], name_en=columns["name_en"],
            country__code=columns["country_code"],
        )  # fmt: skip
    return _places(Standing.objects.public().filter(same, edition__rating=rating))


def _places(standings) -> list[Place]:
    found = (
        standings.select_related("edition__rating")
        .annotate(slug=F("member__slug"))
        .order_by("-edition__year", "-edition_id")
    )
    return [_place(one) for one in found]


def _place(standing: Standing) -> Place:
    columns = vars(standing)
    return Place(
        edition=standing.edition, rank=standing.rank, rank_in_class=standing.rank_in_class,
        class_title=listing.in_reading_order(columns, "class_title")[0],
        note=listing.in_reading_order(columns, "note")[0], is_guest=standing.is_guest,
        score=standing.score, source=standing.source, source_url=standing.source_url,
        url=city_url(standing.edition, listing.key_of(columns)),
    )  # fmt: skip


def city_url(edition: Edition, key: str) -> str:
    """The address of a city's page in an edition."""
    return reverse("standings:city", args=[edition.rating.slug, edition.slug, key])
