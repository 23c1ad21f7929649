"""A test for every cell of the access table (`rows_*.py`), and the guards around it."""

from http.cookies import SimpleCookie

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import URLPattern, get_resolver, resolve
from django.utils import translation

from tests.access import document, world
from tests.access.cells import FORBIDDEN, NOT_FOUND, ROLES, SIGN_IN, YES, Row
from tests.access.table import ROWS, WITHOUT_ROWS
from uclg_portal import errors

SIGN_IN_PAGE = "/accounts/login/"
CELLS = [
    pytest.param(row, role, id=f"{row.object}: {row.action}: {role}".replace(" ", "_"))
    for row in ROWS
    for role in ROLES
]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """The objects of the table, made once; every test runs in a savepoint above them."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = world.build()
        scene.cookies = {role: _cookies(user) for role, user in scene.people.items()}
        yield scene
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _only_answers(monkeypatch):
    """The table is about answers: error pages are not drawn, templates keep no copy of contexts."""

    def answered(*_args, status: int, **_kwargs) -> HttpResponse:
        return HttpResponse(status=status)

    monkeypatch.setattr(errors, "render", answered)
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


def _cookies(user) -> SimpleCookie:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.cookies


def outcome(client: Client, row: Row, scene) -> str:
    """What the answer means, in the words of the table."""
    address = row.address.format(**vars(scene))
    response = getattr(client, row.method)(address, row.data)
    if response.streaming:
        response.getvalue()  # reads the file to its end, which closes it
    if response.status_code == 302 and response.url.startswith("/admin/login/"):
        response = client.get(response.url)
    if response.status_code == 302 and response.url.startswith(SIGN_IN_PAGE):
        return SIGN_IN
    known = {200: YES, 302: YES, 404: NOT_FOUND, 403: FORBIDDEN}
    return known.get(response.status_code, str(response.status_code))


@pytest.mark.django_db
@pytest.mark.parametrize(("row", "role"), CELLS)
def test_access(scene, client, row, role):
    client.cookies = SimpleCookie(scene.cookies[role].output(header=""))

    assert outcome(client, row, scene) == row.outcomes[role]


def test_no_cell_stands_twice():
    ids = [cell.id for cell in CELLS]

    assert sorted(ids) == sorted(set(ids))


def test_document_is_made_from_the_table():
    """Run `python -m tests.access` after a change of the rows."""
    assert document.PLACE.read_text(encoding="utf-8") == document.text(ROWS)


def views(patterns, prefix="") -> set[str]:
    """The names of all views with their namespaces; the pattern of one without a name."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.add(f"{prefix}{pattern.name or pattern.pattern}")
        else:
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= views(pattern.url_patterns, space)
    return found


def view_of(address: str) -> str:
    with translation.override(address.split("/")[1] or None):
        return resolve(address).view_name


@pytest.mark.django_db
def test_every_view_has_a_row(scene):
    """A new view stands in the table, or in WITHOUT_ROWS with the reason why not."""
    named = {view_of(row.address.format(**vars(scene)).partition("?")[0]) for row in ROWS}
    lists = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    }
    own = {
        name
        for name in views(get_resolver().url_patterns)
        if not name.startswith("admin:") and name.partition("_")[0] not in ("account", "mfa")
    }

    assert (own | lists) - named - WITHOUT_ROWS.keys() == set()
