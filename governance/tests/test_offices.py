"""Offices and their terms."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from governance.models import OfficeTerm
from governance.tests.factories import make_office, make_office_term, make_person
from members.tests.factories import make_member


@pytest.fixture
def english():
    with translation.override("en"):
        yield


pytestmark = pytest.mark.django_db

MAY_2019 = datetime.date(2019, 5, 1)


def test_overlap_is_refused_and_names_the_other_term(english):
    office = make_office(make_member())
    make_office_term(office, make_person(), MAY_2019, ends_on=datetime.date(2024, 10, 14))
    second = OfficeTerm(
        office=office,
        person=make_person("petrov", "Пётр Петров", "Pyotr Petrov"),
        starts_on=datetime.date(2024, 10, 14),
    )
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert refused.value.messages == [
        "These days overlap with “Ivan Ivanov, Mayor” (1 May 2019 – 14 October 2024). "
        "End it first or change the days."
    ]
