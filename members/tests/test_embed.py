"""The passport on other sites: the page for a frame, the data, and who may frame what."""

import datetime
import json

import pytest
from django.test import Client

from members.models import Department, DepartmentContact, MemberName, StatusChange
from members.tests.factories import make_figure, make_member, make_period, make_size_categories
from members.tests.test_composition import make_composition

pytestmark = pytest.mark.django_db

EMBED = "/en/members/kazan/embed/"
DATA = "/en/members/kazan/passport.json"


def day(year, month=1, number=1):
    return datetime.date(year, month, number)


def policy(response) -> dict[str, str]:
    """The content security policy: directive -> sources."""
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


# The page for a frame.


def test_small_page_shows_the_essentials_and_leads_to_the_passport(client, settings):
    member = make_member(slogan_en="A city on the Volga")
    make_figure(member, 2024, 1_318_604)

    html = client.get(EMBED).content.decode().replace("\u00a0", " ")

    for words in ("Kazan", "A city on the Volga", "1,318,604", "(2024)", "Member since 2004"):
        assert words in html
    assert f'<a href="{settings.SITE_URL}/en/members/kazan/" target="_top"' in html
    assert html.count("<a ") == html.count('target="_top"')


def test_small_page_needs_no_script_and_sets_no_cookie(client):
    make_member()

    response = client.get(EMBED)

    assert "<script" not in response.content.decode()
    assert " style=" not in response.content.decode()
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")


def test_small_page_is_kept_from_search_engines(client):
    make_member()

    response = client.get(EMBED)

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "attribute", "scheme"),
    [
        ("", "", "light dark"),
        ("?theme=dark", ' data-theme="dark"', "dark"),
        ("?theme=light", ' data-theme="light"', "light"),
        ("?theme=<script>", "", "light dark"),
    ],
)
def test_small_page_takes_the_colours_asked_for(client, query, attribute, scheme):
    make_member()

    html = client.get(f"{EMBED}{query}").content.decode()

    assert f'<html lang="en"{attribute}>' in html
    assert f'<meta name="color-scheme" content="{scheme}">' in html


def test_small_page_of_a_suspended_member_says_so(client):
    member = make_member()
    StatusChange.objects.create(
        member=member, status="suspended", happened_on=day(2025), reason_en="x", precision="year"
    )

    assert "Membership suspended since" in client.get(EMBED).content.decode()


def test_small_page_of_an_association_shows_the_sum(client):
    make_composition(make_member("udmurtia", kind="association"))

    html = client.get("/en/members/udmurtia/embed/").content.decode()

    assert "341 = 5 + 25 + 2 + 309" in html


# Who may frame what.


def test_any_site_may_frame_the_small_page(client):
    make_member()

    for response in (client.get(EMBED), Client().get(EMBED)):  # also the second time
        assert "X-Frame-Options" not in response.headers
        assert policy(response)["frame-ancestors"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_small_page_runs_nothing_and_sends_nothing(client):
    make_member()

    found = policy(client.get(EMBED))

    shut = {name: found[name] for name in ("default-src", "script-src", "connect-src",
                                           "form-action", "object-src", "base-uri")}  # fmt: skip
    assert set(shut.values()) == {"'none'"}
    assert found["style-src"] == found["img-src"] == found["font-src"] == "'self'"


@pytest.mark.parametrize(
    "address",
    ["/en/", "/en/members/", "/en/members/kazan/", "/en/events/", "/en/search/?q=kazan",
     "/accounts/login/", "/admin/login/", "/en/members/nobody/embed/", "/en/no-such-page/"],
)  # fmt: skip
def test_no_other_page_may_be_framed(client, address):
    make_member()

    for response in (client.get(address), client.get(address)):  # the second one from the cache
        assert response.headers["X-Frame-Options"] == "DENY"
        assert policy(response)["frame-ancestors"] == "'none'"


# The data.


def test_data_hold_the_passport_in_both_languages(client, settings):
    make_size_categories()
    member = make_member(website="https://kazan.example.org/", slogan_ru="Третья столица")
    make_figure(member, 2024, 1_318_604)

    data = client.get(DATA).json()

    assert data["version"] == 1
    assert data["source"] == f"{settings.SITE_URL}/en/members/kazan/"
    assert data["licence"] == {
        "name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"
    }  # fmt: skip
    assert data["name"] == {"ru": "Казань", "en": "Kazan", "fallback": []}
    assert data["slogan"] == {"ru": "Третья столица", "en": "Третья столица", "fallback": ["en"]}
    assert data["about"] is None
    assert data["country"] == {
        "code": "RU", "name": {"ru": "Россия", "en": "Russia", "fallback": []}
    }  # fmt: skip
    assert data["membership"] == {
        "status": "member", "periods": [{"from": "2004", "until": None}]
    }  # fmt: skip
    assert data["population"] == {
        "value": 1_318_604, "year": 2024, "source": "Rosstat",
        "size": {"code": "metropolitan", "name": {
            "ru": "Крупнейший город", "en": "Metropolitan city", "fallback": []}},
    }  # fmt: skip
    assert data["links"] == {
        "website": "https://kazan.example.org/", "investment": None, "tourism": None
    }  # fmt: skip
    assert data["chronicle"] == [
        {"date": "2004", "kind": "joined", "title": "Joined the association", "language": None,
         "url": None}
    ]  # fmt: skip


def test_data_tell_names_and_periods_with_partial_dates(client):
    member = make_member(is_member=False)
    member.names.all().delete()
    MemberName.objects.create(
        member=member, name_ru="Старая", ends_on=day(2015), ends_precision="year"
    )
    MemberName.objects.create(
        member=member, name_ru="Казань", name_en="Kazan", starts_on=day(2016, 1, 1),
        native="Казан", native_language="tt",
    )  # fmt: skip
    make_period(member, day(2004, 5, 1), starts_precision="month", ends_on=day(2012, 3, 12))

    data = client.get(DATA).json()

    assert data["native_name"] == {"text": "Казан", "language": "tt"}
    assert [(one["name"]["en"], one["from"], one["until"]) for one in data["names"]] == [
        ("Старая", None, "2015"), ("Kazan", "2016-01-01", None),
    ]  # fmt: skip
    assert data["membership"] == {
        "status": "former", "periods": [{"from": "2004-05", "until": "2012-03-12"}]
    }  # fmt: skip


@pytest.mark.parametrize("left_on", [None, datetime.date(2012, 3, 12)])
def test_application_under_consideration_is_not_told(client, left_on):
    member = make_member(is_member=False)
    if left_on:
        make_period(member, day(2004), ends_on=left_on)
    StatusChange.objects.create(member=member, status="applied", happened_on=day(2025))

    data = client.get(DATA).json()

    assert data["membership"]["status"] == ("former" if left_on else None)


def test_data_hold_no_person_who_did_not_agree(client):
    member = make_member()
    office = Department.objects.create(member=member, name_en="Office", email="box@example.org")
    DepartmentContact.objects.create(
        department=office, full_name_en="Anna Open", is_public=True, email="anna@example.org"
    )
    DepartmentContact.objects.create(department=office, full_name_en="Boris Hidden")

    response = client.get(DATA)

    assert response.json()["contacts"]["departments"] == [
        {
            "name": {"ru": "Office", "en": "Office", "fallback": ["ru"]},
            "email": "box@example.org",
            "phone": None,
            "people": [
                {"name": {"ru": "Anna Open", "en": "Anna Open", "fallback": ["ru"]},
                 "position": None, "email": "anna@example.org", "phone": None}
            ],
        }
    ]  # fmt: skip
    assert "Boris" not in response.content.decode()


def test_data_of_an_association_add_up(client):
    make_composition(make_member("udmurtia", kind="association"))

    made = client.get("/ru/members/udmurtia/passport.json").json()["composition"]

    assert (made["as_of"], made["total"]) == ("2015-01-01", 341)
    assert sum(part["count"] for part in made["parts"]) == 341


def test_data_open_to_programs_of_any_site(client):
    make_member()

    response = client.get(DATA)

    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert json.loads(response.content)["slug"] == "kazan"


@pytest.mark.parametrize("address", [EMBED, DATA])
def test_reader_who_has_it_is_told_so(client, django_capture_on_commit_callbacks, address):
    member = make_member()
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    with django_capture_on_commit_callbacks(execute=True):
        member.slogan_en = "New words"
        member.save()
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert again.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(("address", "name"), [(EMBED, "embed/"), (DATA, "passport.json")])
def test_old_address_leads_on_for_programs_too(client, address, name):
    member = make_member()
    member.slug = "kazan-city"
    member.save()

    response = client.get(f"{address}?theme=dark")

    assert response["Location"] == f"/en/members/kazan-city/{name}?theme=dark"
    if address == DATA:
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", [EMBED, DATA])
def test_nobody_has_no_passport(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [EMBED, DATA])
def test_other_methods_are_refused(client, address):
    make_member()

    assert client.post(address).status_code == 405
