"""Sealed results and known places for tests."""

import datetime

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from content.sortkeys import sort_key
from members.models import Member
from members.tests.factories import make_country, make_member
from questionnaires.models import Answer
from questionnaires.tests.factories import make_sent
from ratings.models import Edition
from ratings.tests.factories import make_edition, make_full_edition
from standings import sealing
from standings.models import Seal, Standing

HOUR = datetime.timedelta(hours=1)
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


def accept_all(edition: Edition) -> Edition:
    """Every answer of an edition was accepted, every questionnaire that was sent is checked."""
    checker, now = make_user(), timezone.now()
    Answer.objects.filter(response__edition=edition, check_state="waiting").update(
        check_state="accepted", checked_by=checker, checked_at=now
    )
    edition.responses.filter(state="submitted").update(state="checked", checked_at=now)
    return edition


def make_sealed(
    edition: Edition | None = None,
    *,
    published_at: datetime.datetime | None = None,
    by: tuple[User, User] | None = None,
) -> Seal:
    """The sealed results of an edition, public at once unless `published_at` says otherwise.

    Without an edition, or of one that nobody answered, with the three cities of `make_answered`.
    Its questionnaire is closed and its answers are accepted first. by: who asked and who sealed.
    """  # fmt: skip
    if edition is None or not edition.responses.exists():
        edition = make_answered(edition)
    now = timezone.now()
    if edition.closes_at > now:
        edition.closes_at = now - datetime.timedelta(minutes=1)
        edition.save()
    asked, sealed = by or (make_user(), make_user())
    sealing.ask(accept_all(edition), asked, published_at or now)
    seal = sealing.seal(edition, sealed)
    edition.refresh_from_db()
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


def _names(name_ru: str, name_en: str) -> dict[str, str]:
    return {
        "name_ru": name_ru, "name_en": name_en,
        "sort_key_ru": sort_key(name_ru)[:300], "sort_key_en": sort_key(name_en)[:300],
    }  # fmt: skip
