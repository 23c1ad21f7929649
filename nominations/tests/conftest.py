"""A city, its representative, a client of theirs, and one of the staff who keep the awards."""

import pytest

from events.tests.conftest import cabinet, kazan, rep
from nominations.tests.factories import make_call, make_dossier

__all__ = ["cabinet", "kazan", "rep"]


@pytest.fixture
def call(db):
    return make_call()


@pytest.fixture
def dossier(call, kazan, rep, awards_officer):
    """A dossier of Kazan that is being prepared; its texts are empty."""
    return make_dossier(call, kazan, rep, awards_officer)


@pytest.fixture
def desk(client_of, awards_officer):
    """A client of the member of staff who keeps the awards, and reads English."""
    return client_of(reading_english(awards_officer))


@pytest.fixture
def english_desk(client_of, translator):
    """A client of the translator, who reads English."""
    return client_of(reading_english(translator))


def reading_english(user):
    user.language = "en"
    user.save()
    return user
