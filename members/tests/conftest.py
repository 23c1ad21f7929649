"""A city, its representative, and both of them at their desks."""

import pytest

from members import moderation
from members.models import Member, ProfileUpdate
from members.tests.factories import make_member, make_representative


@pytest.fixture
def member(db) -> Member:
    return make_member(
        phone="+7 843 000-00-00", slogan_ru="Третья столица",
        about_ru="<p>Город <strong>на</strong> Волге.</p>",
    )  # fmt: skip


@pytest.fixture
def rep(member, make_user):
    user = make_user("rep@example.org", full_name="Rep", language="en")
    make_representative(user, member)
    return user


@pytest.fixture
def door(client, rep):
    """The representative's browser."""
    client.force_login(rep)
    return client


@pytest.fixture
def desk(client, editor):
    """The browser of an editor who reads English."""
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def update(member, rep) -> ProfileUpdate:
    """A request for another telephone and another slogan."""
    return moderation.propose(
        member, rep, {"phone": "+7 843 292-09-34", "slogan_ru": "Первая столица"}
    )
