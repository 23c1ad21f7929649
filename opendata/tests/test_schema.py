"""An outside tool asks the API whatever its own document allows, and more."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

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
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


lazy = schemathesis.pytest.from_fixture("schema")


@lazy.parametrize()
@settings(
    max_examples=8, derandomize=True, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_question_gets_an_undocumented_answer(case):
    case.call_and_validate(checks=CHECKS)
