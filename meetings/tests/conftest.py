"""A reader of English, whatever the language of the portal is."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english(_fresh_surroundings):
    translation.activate("en")
