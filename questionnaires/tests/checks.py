"""Cities, experts and answers for the tests of the check."""

import itertools

from accounts.tests.factories import make_user
from members.models import Member
from members.tests.factories import make_member
from questionnaires.checkers import Checker
from questionnaires.models import Answer, Expert, Response
from questionnaires.tests.factories import make_sent

_numbers = itertools.count(1)


def make_city() -> Member:
    number = next(_numbers)
    return make_member(f"city-{number}", f"Город {number}", f"City {number}")


def make_checked(edition, answers=None, **columns) -> Response:
    """A sent questionnaire of a city of its own: P1 3, P2 7, E1 5 unless said otherwise."""
    answers = {"P1": 3, "P2": 7, "E1": 5} if answers is None else answers
    return make_sent(edition, answers, **{"member": make_city()} | columns)


def make_guest(edition, **columns) -> Response:
    """A guest without a record here, whose questionnaire was sent."""
    sent = make_checked(edition, {})
    country = sent.member.country
    values = {"member": None, "name_en": "Izmir", "country": country, "is_guest": True}
    Response.objects.filter(pk=sent.pk).update(**values | columns)
    return Response.objects.get(pk=sent.pk)


def make_expert(edition, *codes, home=None, **fields) -> Checker:
    """Somebody who checks the directions of these codes, or all."""
    expert = Expert.objects.create(edition=edition, user=make_user(**fields), home=home)
    expert.groups.set(edition.groups.filter(code__in=codes))
    return Checker(edition, expert.user)


def of(response, code: str = "P1") -> Answer:
    return Answer.objects.get(response=response, indicator__code=code)


def log(answer) -> list[tuple]:
    return list(answer.changes.values_list("deed", "before", "after", "reason"))


def state(response) -> tuple[str, bool]:
    """The state of a questionnaire, and whether the moment of its check is kept."""
    response.refresh_from_db()
    return response.state, response.checked_at is not None
