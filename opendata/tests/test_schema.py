"""An outside tool asks the API whatever its own document allows, and more."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from opendata.resources import ALL
from opendata.tests.test_api import make_one_of_each
from standings.tests.factories import make_sealed
from uclg_portal.wsgi import application

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip


@pytest.fixture
def schema(db, settings):
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    make_one_of_each(1)
    make_sealed()
    # A server ends its connections with each request; the test has one for all of them.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_question_gets_an_undocumented_answer(schema):
    asked = 0
    for found in schema.get_all_operations():

        @settings(
            max_examples=8, derandomize=True, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=found.ok().as_strategy())
        def ask(case):
            case.call_and_validate(checks=CHECKS)

        ask()
        asked += 1

    assert asked == 2 * len(ALL) - 1
