"""The demonstration asks about journeys and calls for hosts; every passport in it is invented."""

import pytest

from accounts.tests.factories import make_user
from content.models import PrivateFile
from events.models import Event
from events.tests.factories import make_event, make_member, make_participant
from hosting.models import Bid, HostCall
from travel import passports
from travel.models import Passport, TravelOffer, Trip
from uclg_portal.demonstration import data, hosting, travel

pytestmark = pytest.mark.django_db


def test_journeys_are_loaded_and_passports_are_marked_as_invented():
    admin = make_user("admin@example.org")
    for row in data.table("travel.toml")["offers"]:
        event = make_event(row["event"])
        for person in row.get("people", []):
            make_participant(event, name_latin=person["name_latin"])
    travel.load({"admin@example.org": admin})
    assert TravelOffer.objects.count() == Event.objects.count() == 3
    opened = passports.reveal(Passport.objects.select_related("participant"), admin, "viewed")
    assert [(found["surname"], found["number"][:2]) for _row, found in opened] == [
        ("INVENTED", "00")
    ]
    assert Trip.objects.count() == 1


def test_calls_are_loaded_one_open_and_one_decided():
    users = {"admin@example.org": make_user("admin@example.org")}
    for slug in ("samarkand", "stavropol", "bishkek"):
        make_member(slug)
    hosting.load(users)
    assert list(HostCall.objects.order_by("-closes_at").values_list("slug", "host__slug")) == [
        ("host-of-the-next-congress", None),
        ("host-of-the-retreat", "bishkek"),
    ]
    assert Bid.objects.filter(state="chosen").count() == 1
    assert not PrivateFile.objects.exists()
