"""Whatever stands behind the question mark of an address, the portal answers it."""

from urllib.parse import urlencode

import pytest

from meetings.tests.factories import make_meeting
from members.tests.factories import make_member, make_representative
from partnerships.tests.factories import make_partnership

pytestmark = pytest.mark.django_db

PAGES = [
    "members/", "members/map/", "members/anniversaries/", "members/export.csv",
    "members/export.xlsx", "members/kazan/", "members/kazan/embed/", "members/kazan/passport.json",
    "members/join/", "about/bodies/", "about/bodies/council/", "about/organisations/",
    "about/meetings/", "about/meetings/council-27/", "partnerships/", "check/", "search/",
    "news/", "events/",
]  # fmt: skip
DAYS = ["0001-01-01", "9999-12-31", "9999999999", "-1", "²", "2015-02-30"]
NAMES = [
    "as_of", "year", "since", "page", "letter", "country", "size", "kind", "topic", "status",
    "part", "stage", "member", "q", "theme",
]  # fmt: skip
TEXTS = ["\x00abc", "'\"<>", "%", "\\", "ﷺ" * 40, "\u202e", "9" * 30]


@pytest.fixture
def _world():
    kazan = make_member()
    make_meeting("council-27")
    make_partnership(kazan)


@pytest.mark.usefixtures("_world")
@pytest.mark.parametrize("page", PAGES)
def test_absurd_parameters_break_no_public_page(client, page):
    bad = []
    for value in DAYS + TEXTS:
        # One name alone, and all of them: a refusal of one hides no other.
        for names in (["as_of"], ["page"], NAMES):
            address = f"/en/{page}?{urlencode(dict.fromkeys(names, value))}"
            status = client.get(address).status_code
            if status not in (200, 302, 404):
                bad.append((address, status))

    assert bad == []


@pytest.mark.parametrize("until", DAYS)
def test_absurd_day_breaks_no_statement_of_dues(client, make_user, until):
    user = make_user("rep@example.org")
    make_representative(user, make_member())
    client.force_login(user)

    response = client.get("/en/cabinet/kazan/dues/statement.pdf", {"until": until})

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize("code", ["%00", "%00abc", "%E2%80%AE", "x" * 300, "%25", "%F0%9F%98%80"])
def test_absurd_code_is_of_no_document(client, code):
    assert client.get(f"/en/check/{code}/").status_code == 404


def test_absurd_city_is_introduced_to_nobody(client, make_user):
    user = make_user("rep@example.org")
    make_representative(user, make_member())
    client.force_login(user)

    answers = [
        client.get("/en/cabinet/kazan/requests/new/", {"to": to}).status_code for to in TEXTS
    ]

    assert answers == [200] * len(TEXTS)
