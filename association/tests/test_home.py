"""The front page: blocks in the order of staff, featured records while they are public."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from association import home
from association.forms import FeaturedForm
from association.models import Featured, HomeBlock, Welcome
from association.tests.factories import make_featured, make_partner
from content.dated import today
from news.tests.factories import make_article

pytestmark = pytest.mark.django_db


def _shown(**counts: int) -> None:
    HomeBlock.objects.update(is_shown=False)
    for position, (kind, count) in enumerate(counts.items()):
        block = HomeBlock.objects.get(kind=kind)
        block.is_shown, block.count, block.position = True, count, position
        block.save()


def test_every_kind_of_block_exists_from_the_first_day():
    assert set(HomeBlock.objects.values_list("kind", flat=True)) == set(HomeBlock.Kind.values)


def test_blocks_stand_in_the_order_of_staff_with_their_titles(client):
    _shown(news=2, partners=3)
    HomeBlock.objects.get(kind="partners").delete()
    HomeBlock.objects.create(kind="partners", position=0, count=3, title_en="Friends")
    HomeBlock.objects.filter(kind="news").update(position=5)
    make_article("first"), make_partner()

    page = client.get("/en/").content.decode()

    assert page.index(">Friends</h2>") < page.index(">News</h2>")
    assert "UN-Habitat" in page


def test_a_hidden_block_is_not_on_the_page(client):
    make_partner()
    _shown(news=2)

    assert "UN-Habitat" not in client.get("/en/").content.decode()


def test_words_of_welcome_replace_the_usual_ones_and_say_their_language(client):
    Welcome.objects.create(headline_ru="Города вместе", mission_ru="Ни одно место не забыто.")

    page = client.get("/en/").content.decode()

    assert '<h1 id="welcome"><span lang="ru">Города вместе</span></h1>' in page
    assert Welcome.row().headline_ru == "Города вместе"


def test_featured_records_are_shown_while_they_are_public_and_their_time_lasts():
    now = timezone.now()
    open_one = make_featured(make_article("open"), position=2)
    first = make_featured(make_article("first", title_en="First"), position=1)
    make_featured(make_article("draft", status="draft", published_at=None))
    make_featured(make_article("later", published_at=now + datetime.timedelta(hours=1)))
    make_featured(make_article("over"), ends_on=today() - datetime.timedelta(days=1))
    withdrawn = make_article("gone")
    make_featured(withdrawn)
    withdrawn.status = "withdrawn"
    withdrawn.save()

    with translation.override("en"):
        rows = home.featured(8)

    assert [(row.title, row.url, row.kind) for row in rows] == [
        ("First", first.record.get_absolute_url().replace("/ru/", "/en/"), "News"),
        ("The retreat is over", "/en/news/open/", "News"),
    ]
    assert [row.lang for row in rows] == ["", ""]
    assert open_one.record.slug == "open"


def test_a_featured_record_in_one_language_is_marked_in_the_other():
    make_featured(make_article("ru-only", title_en="", lead_en="", body_en=""), text_ru="Важно")

    with translation.override("en"):
        (row,) = home.featured(3)

    assert (row.title, row.lang, row.text, row.text_lang) == (
        "Ретрит завершён", "ru", "Важно", "ru"
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 5])
def test_featured_records_take_the_same_number_of_queries(django_assert_num_queries, count):
    for number in range(count):
        make_featured(make_article(f"a{number}"))
    home.featured(8)  # content types are remembered by Django

    with django_assert_num_queries(2):
        assert len(home.featured(8)) == count


def test_a_featured_record_is_chosen_by_the_address_of_its_page():
    article = make_article("retreat")
    typed = {
        "address": " http://testserver/en/news/retreat/?page=2#top ", "version": "",
        "position": "1", "starts_precision": "day", "ends_precision": "day",
    }  # fmt: skip
    form = FeaturedForm(typed)

    assert form.is_valid(), form.errors
    assert form.save().record == article
    with translation.override("en"):
        again = FeaturedForm({**typed, "address": "/ru/news/retreat/"})
        assert again.errors["address"] == ["This record is featured already."]


@pytest.mark.parametrize("address", ["/ru/news/draft/", "nonsense", "https://elsewhere.example/"])
def test_an_address_that_leads_to_no_public_record_is_refused(address):
    make_article("draft", status="draft", published_at=None)
    form = FeaturedForm({"address": address, "position": "1"})

    assert "address" in form.errors
    assert form.data["address"] == address
    assert Featured.objects.count() == 0


def test_the_front_page_takes_as_many_queries_with_one_article_as_with_many(
    client, django_assert_max_num_queries
):
    for number in range(6):
        make_featured(make_article(f"a{number}"))
    client.get(reverse("home"))

    with django_assert_max_num_queries(26):
        client.get(reverse("home") + "?page=1")
