"""The API: what it gives, page by page and as of a day, and how it refuses."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from awards.tests.factories import make_award
from content.tests.factories import make_topic
from events.tests.factories import make_event
from governance.tests.factories import make_body
from laureates.tests.factories import make_laureate
from library.tests.factories import make_publication
from members.models import MemberName
from members.tests.factories import make_country, make_figure, make_member, make_size_categories
from news.tests.factories import make_article
from opendata import limits, problems
from opendata.resources import ALL
from practices.tests.factories import make_practice
from standings.tests.factories import make_sealed

pytestmark = pytest.mark.django_db
DAY = datetime.date


def get(path: str, **headers):
    return Client(headers=headers).get(f"/api/v1/{path}")


def told(response) -> dict:
    """What a problem says, without its texts."""
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    return {name: body[name] for name in ("status", "known", "type") if name in body} | {
        "type": body["type"].rpartition("#")[2]
    }


@pytest.fixture
def astana():
    """Renamed in 2019 and back in 2022; suspended since 2021."""
    member = make_member("astana", "Астана", "Astana", country=make_country("KZ", "К", "K"))
    MemberName.objects.filter(member=member).delete()
    for name_ru, name_en, starts_on, ends_on in (
        ("Астана", "Astana", None, DAY(2019, 3, 22)),
        ("Нур-Султан", "Nur-Sultan", DAY(2019, 3, 23), DAY(2022, 9, 16)),
        ("Астана", "Astana", DAY(2022, 9, 17), None),
    ):
        MemberName.objects.create(
            member=member, name_ru=name_ru, name_en=name_en, starts_on=starts_on, ends_on=ends_on
        )
    member.status_changes.create(
        status="suspended", happened_on=DAY(2021, 1, 1), reason_ru="Взнос", reason_en="Dues"
    )
    return member


def test_api_1_members_bear_the_names_and_statuses_of_the_day(client, astana):
    late = make_member("osh", "Ош", "Osh", is_member=False)
    late.periods.create(starts_on=DAY(2020, 1, 1))

    first = client.get("/api/members?as_of=2019-06-01")
    rows = client.get(first.headers["Location"]).json()

    assert (first.status_code, first.headers["Location"]) == (
        301, "/api/v1/members?as_of=2019-06-01",
    )  # fmt: skip
    assert [(row["name_ru"], row["name_en"], row["status"]) for row in rows["data"]] == [
        ("Нур-Султан", "Nur-Sultan", "member")
    ]
    assert rows["as_of"] == "2019-06-01"
    later = get("members?as_of=2021-06").json()["data"]
    assert [(row["name_en"], row["status"]) for row in later] == [
        ("Nur-Sultan", "suspended"), ("Osh", "member"),
    ]  # fmt: skip


def test_api_1_an_unknown_parameter_is_refused_with_the_known_ones(astana):
    response = get("members?as_off=2019-06-01")

    assert told(response) == {
        "status": 400, "type": "unknown-parameter",
        "known": ["as_of", "country", "kind", "lang", "limit", "page", "size", "status"],
    }  # fmt: skip


def test_members_are_narrowed_by_country_size_and_status(astana):
    make_size_categories()
    kazan = make_member(population=1_300_000)
    left = make_member("izmir", "Измир", "Izmir")
    left.periods.update(ends_on=DAY(2015, 12, 31))
    found = {
        query: [row["slug"] for row in get(f"members?{query}").json()["data"]]
        for query in ("country=kz", "size=none", "status=suspended", "status=former",
                      "status=member", "as_of=2010&country=RU")
    }  # fmt: skip

    assert found == {
        "country=kz": ["astana"], "size=none": ["astana"], "status=suspended": ["astana"],
        "status=former": ["izmir"], "status=member": ["kazan"],
        "as_of=2010&country=RU": ["kazan", "izmir"],
    }  # fmt: skip
    refused = get("members?size=huge&lang=en")
    assert refused.json()["detail"].startswith("size: There is no such size category.")
    assert get(f"members/{kazan.pk}").json()["data"]["population"] == 1_300_000


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("members?page=-1", 400), ("members?limit=101", 400), ("members?page=x", 400),
        ("members?as_of=2019-13-45", 400), ("members?as_of=2999", 400),
        ("members?kind=village", 400),
        ("members?lang=de", 400), ("members?page=2", 404), ("members?page=1&page=1", 400),
        ("news?topic=%00", 400), ("news?year=10000000000000000000", 400),
        ("members/0", 404), ("members/99999999999999999999999", 404), ("nothing", 404),
        ("members/kazan", 404), ("rating-results?edition=7", 404),
    ],
)  # fmt: skip
def test_bad_questions_get_a_problem(astana, path, status):
    response = get(path)

    assert (response.status_code, told(response)["status"]) == (status, status)


def test_problems_are_in_the_language_that_was_asked_for(astana):
    english = get("members?page=-1&lang=en").json()
    russian = get("members?page=-1&lang=ru", accept_language="en").json()

    assert english["detail"] == "page: Write 1 or more."
    assert english["errors"] == [{"parameter": "page", "message": "Write 1 or more."}]
    with translation.override("ru"):
        assert russian["title"] == str(problems.TITLES["bad-parameter"])


def test_other_methods_and_forms_are_refused(client):
    posted = client.post("/api/v1/members", {"a": 1})
    html = get("members", accept="text/html")

    assert (told(posted)["status"], posted.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert told(html)["status"] == 406
    assert client.head("/api/v1/members").status_code == 200


def test_pages_are_cut_and_linked(settings):
    for number in range(5):
        make_article(f"n{number}", published_at=timezone.now() - datetime.timedelta(days=number))
    second = get("news?limit=2&page=2").json()

    assert [row["slug"] for row in second["data"]] == ["n2", "n3"]
    assert second["paging"] == {
        "page": 2, "limit": 2, "total": 5, "pages": 3,
        "next": f"{settings.SITE_URL}/api/v1/news?limit=2&page=3",
        "previous": f"{settings.SITE_URL}/api/v1/news?limit=2&page=1",
    }  # fmt: skip


def test_every_answer_names_licence_day_and_moment(settings):
    body = get("news?lang=en").json()

    assert {name: body[name] for name in ("licence", "attribution", "language", "data")} == {
        "licence": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "attribution": f"UCLG-Eurasia, {settings.SITE_URL}", "language": "en", "data": [],
    }  # fmt: skip
    assert body["generated"].endswith("Z")


def test_language_leaves_the_other_out():
    article = make_article(title_en=None, lead_en="")
    row = get(f"news/{article.pk}?lang=en").json()["data"]
    both = get(f"news/{article.pk}").json()["data"]

    assert (row["title_en"], "title_ru" in row) == (None, False)
    assert (both["title_en"], both["title_ru"]) == (None, article.title_ru)


def test_who_has_the_answer_is_told_that_nothing_changed(django_capture_on_commit_callbacks):
    article = make_article()
    first = get("news")
    again = get("news", if_none_match=first.headers["ETag"])
    article.title_ru = "Иначе"
    with django_capture_on_commit_callbacks(execute=True):
        article.save()
    changed = get("news", if_none_match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert changed.status_code == 200


def test_any_site_may_read_and_no_cookie_is_set(client):
    response = client.get("/api/v1/members?language=en")
    asked = client.options("/api/v1/members")

    assert response.status_code == 400  # `language` is no parameter, and nothing is redirected
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (
        204, "GET, HEAD, OPTIONS",
    )  # fmt: skip
    assert not response.cookies
    page = client.get("/ru/data/")
    assert "Access-Control-Allow-Origin" not in page.headers


def test_too_many_questions_are_refused_for_the_rest_of_the_minute(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 2
    monkeypatch.setattr("opendata.limits.time.time", lambda: 1_000_000_040)
    answers = [get("members") for _ in range(3)]

    assert [response.status_code for response in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit-Remaining"] == "1"
    assert (answers[2].headers["Retry-After"], told(answers[2])["type"]) == (
        "40", "too-many-requests",
    )  # fmt: skip
    assert Client(REMOTE_ADDR="10.9.8.7").get("/api/v1/members").status_code == 200


def test_a_mistake_of_ours_is_a_problem_too(monkeypatch):
    def fail(*_args):
        raise RuntimeError("secret")

    monkeypatch.setattr("opendata.answers._page", fail)
    response = get("members")

    assert told(response) == {"status": 500, "type": "error"}
    assert "secret" not in response.text


def make_one_of_each(number: int) -> None:
    """A public record of every kind."""
    member = make_member(f"city-{number}", f"Город {number}", f"City {number}")
    make_figure(member)
    topic = make_topic(f"topic-{number}")
    make_body(slug=f"body-{number}")
    for record in (
        make_event(f"event-{number}", host_member=member), make_article(f"article-{number}"),
        make_publication(f"publication-{number}"),
        make_practice(member, slug=f"practice-{number}"),
    ):  # fmt: skip
        record.topics.add(topic)
    make_laureate(make_award(f"award-{number}"), member=member)


@pytest.mark.parametrize("code", [one.code for one in ALL if "rating" not in one.code])
def test_a_list_takes_six_queries_at_most(code, django_assert_max_num_queries):
    for number in range(2):
        make_one_of_each(number)
    with django_assert_max_num_queries(6) as one:
        assert len(get(f"{code}?limit=1").json()["data"]) == 1
    with django_assert_max_num_queries(6) as many:
        assert len(get(f"{code}?limit=100").json()["data"]) == 2

    assert len(one) == len(many)


def test_api_2_results_of_the_api_are_those_of_the_page(django_assert_max_num_queries):
    edition = make_sealed().edition
    with django_assert_max_num_queries(6):
        rows = get(f"rating-results?edition={edition.pk}").json()["data"]
    with django_assert_max_num_queries(6):
        editions = get("ratings").json()["data"]
    page = Client().get(f"/en/ratings/{edition.rating.slug}/{edition.slug}/results/").text

    assert [(row["city"], row["place"]) for row in rows] == [
        ("bishkek", 1), ("izmir", 2), ("khabarovsk", 3),
    ]  # fmt: skip
    assert all(f"{row['score']:.1f}" in page for row in rows)
    assert [(row["id"], row["cities"], row["revision"]) for row in editions] == [(edition.pk, 3, 1)]


def test_the_reference_stands_in_both_languages(client):
    assert client.get("/api/v1/docs").status_code == 302
    english, russian = (client.get(f"/{code}/data/api/") for code in ("en", "ru"))

    assert (english.status_code, russian.status_code) == (200, 200)
    assert english.text.count('class="endpoint"') == len(ALL)
    assert "Name on that day, in Russian" in english.text
    assert '<html lang="ru">' in russian.text


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:5:6:7:8", "2001:db8::/64"),
        ("2001:db8:1:2:5:6:7:8", "2001:db8:1:2::/64"),
    ],
)
def test_client_of_the_new_protocol_is_its_network(rf, address, client):
    assert limits.client_of(rf.get("/", REMOTE_ADDR=address)) == client
