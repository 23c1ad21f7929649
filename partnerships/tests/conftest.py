"""Two cities, their representatives, and clients of theirs."""

import pytest
from django.test import Client
from django.utils import translation

from accounts.tests.factories import make_representative
from members.tests.factories import make_member
from partnerships.tests.factories import make_stavropol


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def kazan(db):
    return make_member()


@pytest.fixture
def stavropol(db):
    return make_stavropol()


@pytest.fixture
def rep(stavropol):
    return make_representative(stavropol, "rep@stavropol.example", language="en")


@pytest.fixture
def kazan_rep(kazan):
    return make_representative(kazan, "rep@kazan.example", language="en")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def door(rep):
    """The browser of Stavropol's representative."""
    return signed_in(rep)


@pytest.fixture
def kazan_door(kazan_rep):
    """The browser of Kazan's representative."""
    return signed_in(kazan_rep)


@pytest.fixture
def desk(editor):
    """The browser of an editor who reads English."""
    client = signed_in(editor)
    client.cookies["django_language"] = "en"
    return client
