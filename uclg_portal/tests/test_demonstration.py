"""The demonstration association loads as a whole, once, and never into somebody's database."""

import pytest
from django.contrib.auth import get_user_model

from content.models import Page, SearchEntry, Topic
from events.models import Event, Participant
from members.models import Member, ProfileUpdate
from news.models import Article
from uclg_portal.demonstration import load

pytestmark = pytest.mark.django_db


def test_demonstration_holds_what_it_promises_and_loads_once():
    assert load.load(with_pictures=False) is True

    assert Member.objects.count() == 130
    assert Member.objects.members().count() == 125
    assert Article.objects.count() == 65  # one begun from an event, three at the desk
    assert Event.objects.count() >= 25
    assert Event.objects.upcoming().count() >= 10
    assert Topic.objects.filter(kind="sdg").count() == 17
    assert Page.objects.published().filter(slug__in=["about", "contacts"]).count() == 2
    assert ProfileUpdate.objects.waiting().count() == 3
    assert Participant.objects.filter(status="waiting").exists()
    assert SearchEntry.objects.filter(title="Казань").count() == 1
    emails = set(get_user_model().objects.values_list("email", flat=True))
    assert {f"{name}@example.org" for name in ("admin", "editor", "kazan", "bishkek", "juror")} <= (
        emails
    )

    assert load.load(with_pictures=False) is False
    assert Member.objects.count() == 130


def test_demonstration_keeps_away_from_a_database_with_users(make_user):
    make_user("somebody@example.org")

    with pytest.raises(load.OtherUsers):
        load.load(with_pictures=False)

    assert Member.objects.count() == 0
