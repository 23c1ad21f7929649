"""The recommendations of the demonstration."""

import pytest

from accounts.tests.factories import make_user
from events.tests.factories import make_event
from ratings.models import Edition
from standings.models import Advice
from uclg_portal.demonstration import advice, awards, ratings

pytestmark = pytest.mark.django_db


def test_demonstration_has_recommendations_for_every_situation():
    for slug in ["drawings-ceremony-yakutsk", "retreat-tangier-2020", "congress-kazan-2015"]:
        make_event(slug)
    awards.load()
    ratings.load({"admin@example.org": make_user("admin@example.org", is_superuser=True)})
    advice.load()
    rows = list(Advice.objects.all())
    edition = Edition.objects.get(slug="2024")
    codes = {"", *edition.groups.values_list("code", flat=True)}
    codes |= set(edition.indicators.values_list("code", flat=True))
    assert len(rows) == 18
    assert {one.when for one in rows} == set(Advice.When.values)
    assert {one.code for one in rows} <= codes
    assert all(one.text_ru and one.text_en for one in rows)
