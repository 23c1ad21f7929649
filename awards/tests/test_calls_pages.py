"""The public pages of awards: open calls, an award, a round."""

import datetime

import pytest
from django.utils import timezone

from awards.tests.factories import make_award, make_category, make_field, make_round
from content.dates import day_text
from content.timezones import association_zone

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.text.replace("\xa0", " ").split())


def day_of(moment: datetime.datetime, language: str = "en") -> str:
    return day_text(moment.astimezone(association_zone()).date(), language)


def test_list_shows_open_calls_first_with_what_to_do_next(client):
    first = make_round(slug="soon", closes_at=timezone.now() + 3 * DAY, title_en="Closes soon")
    make_round(slug="late", closes_at=timezone.now() + 9 * DAY, title_en="Closes later")
    make_round(slug="over", closes_at=timezone.now() - DAY, title_en="Over")
    text = page(client, "/en/awards/")
    assert text.index("Closes soon") < text.index("Closes later")
    assert "Over" not in text
    assert f"Open until {day_of(first.closes_at)}" in text
    assert '<a class="button button--light" href="/en/awards/heritage/soon/#enter">' in text
    assert "Member of the association, any city, institution, person" in text


def test_list_says_the_deadline_by_the_clock_of_the_round(client):
    closes_at = datetime.datetime(2100, 3, 31, 20, 59, tzinfo=datetime.UTC)
    make_round(closes_at=closes_at)
    assert "31 March 2100, 23:59 Kazan time (UTC+3)" in page(client, "/en/awards/")
    assert "31 марта 2100, 23:59 по Казани (UTC+3)" in page(client, "/ru/awards/")


def test_list_without_an_open_call_says_so_and_names_what_comes(client):
    opens_at = timezone.now() + 40 * DAY
    make_round(opens_at=opens_at, closes_at=opens_at + DAY, theme_en="Songs of the steppe")
    text = page(client, "/en/awards/")
    assert "No call is open now." in text
    assert f"Opens on {day_of(opens_at)}" in text


def test_list_without_awards_says_so(client):
    assert "No award is published yet." in page(client, "/en/awards/")


def test_list_shows_who_gives_an_honour_of_others(client):
    make_award("scroll", giver="others", given_by_en="UN-Habitat", title_en="Scroll of Honour")
    text = page(client, "/en/awards/")
    assert '<a href="/en/awards/scroll/">Scroll of Honour</a>' in text
    assert "Given by: UN-Habitat" in text


def test_pages_mark_what_exists_in_the_other_language_only(client):
    award = make_award(title_en="", summary_en="", body_ru="<p>Текст</p>")
    make_round(award, title_en="", rules_ru="<p>Правила</p>")
    assert '<span lang="ru">Наследие Евразии' in page(client, "/en/awards/")
    for address in ("/en/awards/heritage/", "/en/awards/heritage/2026/"):
        text = page(client, address)
        assert "There is no English translation yet." in text
        assert '<meta name="robots" content="noindex">' in text


@pytest.mark.parametrize(
    ("award", "round"),
    [
        ({"status": "draft", "published_at": None}, {}),
        ({"published_at": datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)}, {}),
        ({"status": "withdrawn"}, {}),
        ({}, {"status": "draft", "published_at": None}),
        ({}, {"published_at": datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)}),
        ({}, {"status": "withdrawn"}),
    ],
)
def test_round_is_found_once_it_and_its_award_are_public(client, award, round):
    make_round(make_award(**award), title_en="Secret call", **round)
    assert client.get("/en/awards/heritage/2026/").status_code == 404
    assert client.get("/en/awards/heritage/").status_code == (404 if award else 200)
    assert "Secret call" not in page(client, "/en/awards/")
    assert "Secret call" not in page(client, "/en/")


def test_round_is_not_found_under_another_award(client):
    make_round(make_award())
    make_award("other")
    assert client.get("/en/awards/other/2026/").status_code == 404


def test_award_lists_its_rounds_by_year(client):
    award = make_award()
    make_round(award, "2020", year=2020, title_en="Costumes", closes_at=timezone.now() - 9 * DAY)
    make_round(award, "2026", year=2026, title_en="Feasts")
    make_round(make_award("other"), "2026", title_en="Of another award")
    text = page(client, "/en/awards/heritage/")
    assert text.index("Feasts") < text.index("Costumes")
    assert "Of another award" not in text


def test_award_without_rounds_says_so(client):
    make_award()
    assert "There has been no call yet." in page(client, "/en/awards/heritage/")


def test_round_says_who_enters_what_by_when(client):
    made = make_round(
        theme_en="A feast in my street", limit_per_entrant=3, is_for_children=True,
        admits_batches=True, rules_en="<p>Any paint.</p>", dues_required=True,
    )  # fmt: skip
    make_category(made, "A", title_en="Youngest", min_age=5, max_age=7, limit_per_entrant=2)
    until = made.closes_at + 2 * DAY
    make_category(made, "B", title_en="Eldest", min_age=8, max_age=14, closes_at=until)
    make_field(made, label_en="What is on the picture?", is_required=True, max_length=300)
    text = page(client, "/en/awards/heritage/2026/")
    for words in (
        "A feast in my street", "Youngest", "5–7", "8–14", "at most 3 entries",
        "at most 2 entries", f"Open until {day_of(until)}", "Any paint.", "Of the countries of",
        "Members without overdue dues", "Schools and studios", "What happens to data of children",
        "What is on the picture?", "must be answered", "up to 300 characters",
        "Enter from the cabinet",
    ):  # fmt: skip
        assert words in text, words


def test_round_for_members_alone_offers_the_cabinet_alone(client):
    make_round(who_may_enter=["member"])
    text = page(client, "/en/awards/heritage/2026/")
    assert "Enter from the cabinet" in text
    assert "Everybody else" not in text
    assert "Schools and studios" not in text


def test_round_that_is_over_says_when_it_closed_and_takes_nothing(client):
    closes_at = datetime.datetime(2020, 4, 15, 20, 59, tzinfo=datetime.UTC)
    made = make_round(opens_at=closes_at - DAY, closes_at=closes_at)
    make_field(made, label_en="What is on the picture?")
    text = page(client, "/en/awards/heritage/2026/")
    assert "Entries closed at 23:59 Kazan time (15 April 2020)." in text
    assert "Enter from the cabinet" not in text
    assert "What is on the picture?" not in text


def test_round_that_is_judged_says_when_results_come(client):
    expected = timezone.localdate() + 20 * DAY
    make_round(closes_at=timezone.now() - DAY, results_expected_on=expected)
    text = page(client, "/en/awards/heritage/2026/")
    assert "Being judged" in text
    assert f"The results are expected on {day_text(expected, 'en')}." in text
    assert "Being judged" in page(client, "/en/awards/heritage/")


def test_round_that_opens_later_shows_the_way_without_a_button(client):
    opens_at = timezone.now() + DAY
    make_round(opens_at=opens_at, closes_at=opens_at + DAY)
    text = page(client, "/en/awards/heritage/2026/")
    assert f"Opens on {day_of(opens_at)}" in text
    assert "Entries are not taken yet." in text
    assert "Enter from the cabinet" not in text


def test_front_page_names_open_calls(client):
    make_round(title_en="Draw your street")
    make_round(slug="over", title_en="Over and done", closes_at=timezone.now() - DAY)
    text = page(client, "/en/")
    assert "Open calls for entries" in text
    assert '<a href="/en/awards/heritage/2026/">Draw your street</a>' in text
    assert "Over and done" not in text


def test_front_page_without_a_call_has_no_empty_block(client):
    assert "Open calls for entries" not in page(client, "/en/")


def test_menu_and_footer_lead_to_the_awards(client):
    text = page(client, "/ru/")
    assert text.count('href="/ru/awards/"') == 2


@pytest.mark.parametrize("number", [1, 8])
def test_pages_ask_as_many_questions_for_one_as_for_many(
    client, django_assert_max_num_queries, number
):
    for award in (make_award(f"award-{place}") for place in range(number)):
        for year in range(number):
            made = make_round(award, str(2020 + year), year=2020 + year)
            make_category(made)
            make_field(made, category=make_category(made, "B"))
    for address, most in [
        ("/en/awards/", 5),
        ("/en/awards/award-0/", 5),
        ("/en/awards/award-0/2020/", 7),  # one for records linked to it
    ]:
        with django_assert_max_num_queries(most):
            client.get(address)


def test_feed_names_calls_with_their_deadlines(client):
    made = make_round(title_en="Draw your street")
    make_round(make_award("scroll", giver="others"), title_en="Of others")
    make_round(slug="draft", title_en="Not yet", status="draft", published_at=None)
    text = page(client, "/en/awards/calls.xml")
    assert "<title>Draw your street</title>" in text
    assert f"Entries until {day_of(made.closes_at)}" in text
    assert "Of others" not in text
    assert "Not yet" not in text


def test_sitemap_names_public_awards_and_rounds(client):
    make_round()
    make_round(slug="draft", status="draft", published_at=None)
    make_round(make_award("hidden", status="draft", published_at=None))
    text = client.get("/sitemap.xml").text
    assert "/ru/awards/</loc>" in text
    assert "/ru/awards/heritage/</loc>" in text
    assert "/en/awards/heritage/2026/</loc>" in text
    assert "draft" not in text
    assert "hidden" not in text


@pytest.mark.parametrize("path", ["preview/", "preview/form/"])
def test_preview_of_a_draft_is_for_staff_alone(client, translator, path):
    made = make_round(status="draft", published_at=None, is_for_children=True)
    make_field(made, label_en="What is on the picture?", kind="line")
    address = f"/en/awards/heritage/2026/{path}"
    assert client.get(address).status_code == 302
    client.force_login(translator)
    text = page(client, address)
    assert "Preview: only staff see this page." in text
    assert "What is on the picture?" in text


def test_preview_is_not_found_by_other_people(client, make_user):
    make_round(status="draft", published_at=None)
    client.force_login(make_user("somebody@example.org"))
    assert client.get("/en/awards/heritage/2026/preview/").status_code == 404
    assert client.get("/en/awards/heritage/2026/preview/form/").status_code == 404
