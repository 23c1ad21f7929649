"""The desk of those who keep the accounts."""

import pytest


@pytest.fixture
def desk(client_of, finance_officer):
    """The browser of a finance officer who reads English."""
    client = client_of(finance_officer)
    client.cookies["django_language"] = "en"
    return client
