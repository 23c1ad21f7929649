"""What every test may ask for: people in their roles, clients signed in as them, an empty cache."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts import roles
from accounts.models import Role
from accounts.tests import factories
from content import cacheversion


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        roles.sync()


@pytest.fixture(autouse=True)
def _fresh_surroundings():
    """An empty cache but for the foot of every page, as on a site that has answered before; the
    language that a request of an earlier test left behind is gone."""
    cache.clear()
    for code, _name in settings.LANGUAGES:
        cacheversion.kept(f"footer-contacts-{code}", str)
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def make_user(db):
    """`accounts.tests.factories.make_user`: somebody who can sign in, with these roles."""
    return factories.make_user


@pytest.fixture
def client_of(db):
    """A function from a user to a client that is signed in as them; of None, a visitor's."""

    def sign_in(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def superuser(db):
    return factories.make_user("superuser@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def lead(db):
    return factories.make_user("lead@example.org", roles=[Role.LEAD])


@pytest.fixture
def editor(db):
    return factories.make_user("editor@example.org", roles=[Role.EDITOR])


@pytest.fixture
def translator(db):
    return factories.make_user("translator@example.org", roles=[Role.TRANSLATOR])


@pytest.fixture
def events_officer(db):
    return factories.make_user("events@example.org", roles=[Role.EVENTS])


@pytest.fixture
def awards_officer(db):
    return factories.make_user("awards@example.org", roles=[Role.AWARDS])


@pytest.fixture
def ratings_officer(db):
    return factories.make_user("ratings@example.org", roles=[Role.RATINGS])


@pytest.fixture
def finance_officer(db):
    return factories.make_user("finance@example.org", roles=[Role.FINANCE])


@pytest.fixture
def juror(db):
    return factories.make_user("juror@example.org")


@pytest.fixture
def make_representative(db):
    """A function from a member (and an address) to somebody who represents it from today on."""
    return factories.make_representative
