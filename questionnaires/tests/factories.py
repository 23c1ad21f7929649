"""Questionnaires for tests."""

from collections.abc import Mapping

from django.utils import timezone

from members.models import Member
from members.tests.factories import make_member
from questionnaires.models import Answer, Response
from ratings.models import Edition, Indicator


def make_response(edition: Edition, member: Member | None = None, **columns) -> Response:
    """A draft of a member; inhabitants are given."""
    values = {"population": 250_000, "population_year": 2025}
    return Response.objects.create(
        edition=edition, member=member or make_member(), **values | columns
    )


def make_sent(edition: Edition, answers: Mapping[str, object], **columns) -> Response:
    """A sent questionnaire with these numbers by code of indicator."""
    response = make_response(
        edition, **{"state": Response.State.SUBMITTED, "submitted_at": timezone.now()} | columns
    )
    indicators = {one.code: one for one in Indicator.objects.filter(edition=edition)}
    for code, number in answers.items():
        Answer.objects.create(response=response, indicator=indicators[code], number=number)
    return response
