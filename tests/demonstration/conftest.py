"""The whole demonstration, loaded once for all tests of this folder: loading takes a minute."""

import pytest
from django.db import transaction

from uclg_portal.demonstration import load


@pytest.fixture(scope="package", autouse=True)
def _demonstration(django_db_setup, django_db_blocker):
    """Everything but the pictures; every test runs in a savepoint above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load.load(with_pictures=False)
        yield
        transaction.set_rollback(True)
