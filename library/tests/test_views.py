"""The public pages of the library."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from content.models import SearchEntry
from content.tests.factories import make_topic
from governance.tests.factories import make_body
from library.models import Publication
from library.tests.factories import make_file, make_publication, make_series
from members.tests.factories import make_country

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def titles(response) -> list[str]:
    return [row["title"] for row in response.context["rows"]]


def test_list_shows_published_ones_by_their_own_date(client):
    make_publication("old", title_ru="Старый", dated_on=datetime.date(2019, 5, 1))
    make_publication("new", title_ru="Новый")
    make_publication("draft", title_ru="Тайный черновик", status="draft", published_at=None)
    make_publication("later", title_ru="Будущий", published_at=timezone.now() + HOUR)

    response = client.get("/ru/library/")

    assert titles(response) == ["Новый", "Старый"]
    assert "Тайный" not in response.content.decode()


def test_kind_and_year_narrow_the_list(client):
    make_publication("old", title_ru="Старый", dated_on=datetime.date(2019, 5, 1))
    make_publication("new", title_ru="Решение", kind="decision")

    assert titles(client.get("/ru/library/?year=2019")) == ["Старый"]
    assert titles(client.get("/ru/library/?kind=decision")) == ["Решение"]
    assert titles(client.get("/ru/library/?kind=decision&year=2019")) == []
    wrong = client.get("/ru/library/?kind=nonsense")
    assert (wrong.status_code, titles(wrong)) == (200, ["Решение", "Старый"])
    assert [value for value, _label in wrong.context["filters"].fields["kind"].choices] == [
        "", "report", "decision"
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 20])
def test_list_asks_the_same_number_of_queries(client, django_assert_max_num_queries, number):
    for one in range(number):
        make_file(make_publication(f"report-{one}"))
    client.get("/en/library/?page=1")
    with django_assert_max_num_queries(10):
        response = client.get("/ru/library/")
    assert len(titles(response)) == number


def test_page_says_what_it_is_and_gives_files_in_the_readers_language_first(client):
    publication = make_publication(
        source_ru="Конгресс", source_en="Congress", source_path="/events/congress/"
    )
    russian, english = make_file(publication, "ru"), make_file(publication, "en")

    response = client.get("/en/library/report-2025/")

    assert response.context["files"] == [english, russian]
    page = response.content.decode()
    assert '<a href="/en/events/congress/">Congress</a>' in page
    assert f'href="/en/library/report-2025/{english.pk}/"' in page


def test_page_in_one_language_is_marked_in_the_other(client):
    make_publication("one", title_en="", summary_en="")
    page = client.get("/en/library/one/").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert 'lang="ru"' in page


def test_draft_and_its_file_are_not_found(client, client_of, lead):
    draft = make_publication("draft", status="draft", published_at=None)
    file = make_file(draft)
    for one in (client, client_of(lead)):
        assert one.get("/ru/library/draft/").status_code == 404
    assert client.get(f"/ru/library/draft/{file.pk}/").status_code == 404


def test_file_is_sent_as_an_attachment_and_withdrawn_with_the_publication(client):
    publication = make_publication()
    file = make_file(publication)
    address = reverse("library:file", args=["report-2025", file.pk])

    response = client.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert response["Content-Disposition"] == 'attachment; filename="report-ru.pdf"'
    assert client.get(f"/ru/library/other/{file.pk}/").status_code == 404

    publication.status = Publication.Status.WITHDRAWN
    publication.save()
    assert client.get(address).status_code == 404


def test_publication_is_found_by_search_and_in_the_sitemap(client):
    make_publication()
    assert sorted(
        SearchEntry.objects.filter(url__contains="/library/").values_list("language", "title")
    ) == [("en", "Report on the work in 2025"), ("ru", "Отчёт о работе за 2025 год")]
    assert "/ru/library/report-2025/" in client.get("/sitemap.xml").content.decode()


def test_body_topic_country_and_series_narrow_the_list(client):
    body, series, topic = make_body(), make_series(), make_topic()
    volume = make_publication(
        "gold-4", title_ru="GOLD IV", series=series, volume=4, issued_by=body,
        country=make_country(), theme_en="Co-creating the urban future",
    )  # fmt: skip
    volume.topics.add(topic)
    make_publication("other", title_ru="Иной")

    for query in ("body=council", "series=gold", f"topic={topic.slug}", "country=RU"):
        assert titles(client.get(f"/ru/library/?{query}")) == ["GOLD IV"]
    page = client.get("/en/library/gold-4/")
    assert page.context["volume"] == "GOLD IV"
    assert "Co-creating the urban future" in page.content.decode()


def test_editions_and_volumes_lead_to_one_another(client):
    gold = make_series()
    first = make_publication("gold-1", series=gold, volume=1)
    second = make_publication("gold-2", series=gold, volume=2)
    french = make_publication("gold-2-fr", edition_of=second)

    near = client.get("/en/library/gold-2/").context["near"]

    assert (near.editions, near.volumes) == ([french], [first, second])
    assert client.get("/en/library/gold-2-fr/").context["near"].editions == [second]
