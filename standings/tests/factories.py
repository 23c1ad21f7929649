"""Sealed results and known places for tests."""

import datetime
import itertools
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from content.sortkeys import sort_key
from members.models import Member
from members.tests.factories import make_country, make_member
from questionnaires.models import Response
from questionnaires.tests.factories import make_sent
from ratings.models import Edition
from ratings.tests.factories import make_edition, make_full_edition
from standings.models import Points, Seal, Standing

HOUR = datetime.timedelta(hours=1)
_serial = itertools.count(1)
# Bishkek leads, Izmir is a guest, Khabarovsk third: the case RAT-2 in small.
CITIES = [
    ("bishkek", "Бишкек", "Bishkek", False, {"P1": 9, "P2": 8, "E1": 7}),
    ("izmir", "Измир", "Izmir", True, {"P1": 8, "P2": 7, "E1": 5}),
    ("khabarovsk", "Хабаровск", "Khabarovsk", False, {"P1": 5, "P2": 4, "E1": 2}),
]


def make_answered(edition: Edition | None = None, **columns) -> Edition:
    """An edition whose questionnaire is closed: Bishkek, Izmir (a guest), Khabarovsk answered."""
    edition = edition or make_full_edition(
        closes_at=timezone.now() - HOUR, admits_guests=True, **columns
    )
    for slug, name_ru, name_en, is_guest, answers in CITIES:
        country = make_country("TR", "Турция", "Türkiye") if is_guest else make_country()
        member = Member.objects.filter(slug=slug).first() or make_member(
            slug, name_ru, name_en, is_member=not is_guest, country=country
        )
        make_sent(edition, answers, member=member, is_guest=is_guest)
    return edition


def make_sealed(
    edition: Edition | None = None,
    *,
    published_at: datetime.datetime | None = None,
    by: tuple[User, User] | None = None,
    **columns,
) -> Seal:
    """The sealed results of an edition, public for an hour unless `published_at` says otherwise.

    Without an edition, or of one that nobody answered, with the three cities of `make_answered`.
    by: who asked and who sealed; columns: of the seal.
    """  # fmt: skip
    if edition is None or not edition.responses.exists():
        edition = make_answered(edition)
    now = timezone.now()
    asked, sealed = by or (make_user(), make_user())
    number = next(_serial)
    values = {
        "revision": 1, "canonical": f'{{"number":{number}}}', "sha256": f"{number:064x}",
        "code_version": "1.0", "published_at": published_at or now - HOUR, "sealed_at": now,
    }  # fmt: skip
    seal = Seal.objects.create(
        edition=edition, asked_by=asked, sealed_by=sealed, **values | columns
    )
    _make_standings(seal)
    if edition.sealed_at is None:
        edition.sealed_at = seal.sealed_at
        edition.save()
    return seal


def make_known(
    edition: Edition | None = None, member: Member | None = None, rank: int = 1, **columns
) -> Standing:
    """A place of a past edition, with its source."""
    edition = edition or make_edition(
        kind="known", opens_at=None, closes_at=None, opened_at=None, year=2016
    )
    member = member or Member.objects.filter(slug="bishkek").first() or make_member(
        "bishkek", "Бишкек", "Bishkek"
    )  # fmt: skip
    values = {
        **_names(member.name_ru, member.name_en), "country": member.country,
        "source": "Bulletin", "source_url": "https://example.org/bulletin",
    }  # fmt: skip
    return Standing.objects.create(edition=edition, member=member, rank=rank, **values | columns)


def _make_standings(seal: Seal) -> None:
    """By the sum of the answers: places, places among members, scores, intervals, directions."""
    edition = seal.edition
    rows = edition.responses.counted().select_related("member__country", "country")
    scores = {one: _sum(one) for one in rows.prefetch_related("answers__indicator")}
    ranks = _ranks(scores)
    of_members = _ranks({one: score for one, score in scores.items() if not one.is_guest})
    classes = list(edition.size_classes.all())
    for response, score in scores.items():
        size = response.size_class(classes)
        alike = {one: value for one, value in scores.items() if one.size_class(classes) == size}
        standing = Standing.objects.create(
            edition=edition, seal=seal, response=response, member=response.member,
            **_names(response.name_in("ru"), response.name_in("en")),
            country=response.country or response.member.country, is_guest=response.is_guest,
            class_code=size.code if size else "",
            class_title_ru=size.title_ru if size else "",
            class_title_en=size.title_en if size else "",
            score=score, rank=ranks[response], rank_in_class=_ranks(alike)[response],
            rank_among_members=of_members.get(response),
            rank_low=ranks[response], rank_high=ranks[response] + 1, rank_mean=ranks[response],
            rank_median=ranks[response], same_rank_share=0.9,
            groups={"P": {"score": score, "rank": ranks[response]}},
        )  # fmt: skip
        Points.objects.create(standing=standing, detail={})


def _names(name_ru: str, name_en: str) -> dict[str, str]:
    return {
        "name_ru": name_ru, "name_en": name_en,
        "sort_key_ru": sort_key(name_ru)[:300], "sort_key_en": sort_key(name_en)[:300],
    }  # fmt: skip


def _sum(response: Response) -> float:
    return float(sum(one.counted_number or 0 for one in response.answers.all()))


def _ranks(scores: Mapping[Response, float]) -> dict[Response, int]:
    return {
        one: 1 + sum(other > score for other in scores.values()) for one, score in scores.items()
    }
