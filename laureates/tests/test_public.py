"""The public pages: AWD-7, laureates of all years, results of a round, blocks of other pages."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Role
from awards.tests import factories as awards
from events.tests.factories import make_event
from laureates import wording
from laureates.models import Laureate, PrizePaper, Results
from laureates.tests.factories import make_laureate
from members import activity
from members.tests.factories import make_country, make_member

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
PRIZE = {
    "prize_amount": Decimal("10000.00"), "prize_currency": "USD",
    "presenter_ru": "Мохамед Будра", "presenter_en": "Mohamed Boudra",
    "recipient_ru": "Сатыбек Каныбеков", "recipient_en": "Satybek Kanybekov",
    "presented_on": datetime.date(2020, 2, 28), "presented_at_ru": "Танжер",
    "presented_at_en": "Tangier", "payment": "paid", "paid_on": datetime.date(2020, 3, 16),
}  # fmt: skip


@pytest.fixture
def bishkek(db):
    return make_member("bishkek", name_ru="Бишкек", name_en="Bishkek", country=make_country("KG"))


@pytest.fixture
def award(db):
    return awards.make_award("international-activity", title_ru="Награда", title_en="The award")


@pytest.fixture
def prize(award, bishkek):
    return make_laureate(award, member=bishkek, year=2020, **PRIZE)


def read(client, record_or_address, code: str = "en") -> str:
    with translation.override(code):
        address = record_or_address
        if not isinstance(address, str):
            address = address.get_absolute_url()
        return client.get(address).content.decode()


def released(award, **fields):
    """Results of a round of this award that everybody may see."""
    round = awards.make_round(award)
    values = {"published_at": timezone.now() - HOUR, "released_at": timezone.now() - HOUR}
    return Results(round=round, **{**values, **fields})


def test_awd_7_public_page_shows_the_prize_without_its_payment(client, prize):
    english, russian = read(client, prize), read(client, prize, "ru")
    said = ["10,000\xa0US\xa0dollars", "Bishkek", "Satybek Kanybekov", "Mohamed Boudra", "Tangier"]
    assert [word for word in said if word not in english] == []
    assert "28 February 2020" in english
    assert "10\xa0000\xa0долларов\xa0США" in russian
    assert "Сатыбек Каныбеков" in russian
    hidden = ["16 March 2020", "16.03.2020", "payment", "paid"]
    assert [word for word in hidden if word in english.lower()] == []


def test_awd_7_payment_is_kept_by_lead_awards_and_finance(client_of, make_user, prize):
    address = reverse("admin:laureates_laureate_change", args=[prize.pk])
    seen = {}
    for role in (Role.LEAD, Role.AWARDS, Role.FINANCE, Role.EDITOR, Role.TRANSLATOR):
        browser = client_of(make_user(f"{role}@example.org", roles=[role]))
        page = browser.get(address)
        fields = page.context["adminform"].form.fields
        seen[str(role)] = ("payment" in fields, "16" in page.content.decode().split("paid_on")[-1]
                           if "paid_on" in page.content.decode() else False,
                           "recipient_ru" in fields)  # fmt: skip
    assert {role: (pays, words) for role, (pays, _said, words) in seen.items()} == {
        "lead": (True, True), "awards": (True, True), "finance": (True, False),
        "editor": (False, True), "translator": (False, True),
    }  # fmt: skip
    assert (seen["editor"][1], seen["translator"][1]) == (False, False)


def test_awd_7_nobody_learns_of_the_payment_by_a_filter(client_of, editor, prize):
    address = reverse("admin:laureates_laureate_changelist")
    found = client_of(editor).get(address, {"payment__exact": "paid"})
    assert found.status_code in (302, 400)


def test_awd_7_paper_is_fetched_by_those_with_the_right_alone(
    client_of, finance_officer, awards_officer, editor, prize
):
    from content.privatefiles import keep_bytes
    from laureates.laureates_admin import PAPER

    kept = keep_bytes(b"%PDF-1.7", "order.pdf", "application/pdf", PAPER, None)
    paper = PrizePaper.objects.create(laureate=prize, title="Order", file=kept)
    address = reverse("admin:laureates_laureate_paper", args=[paper.pk])
    answers = [client_of(one).get(address) for one in (finance_officer, awards_officer, editor)]
    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert [answer.getvalue() for answer in answers[:2]] == [b"%PDF-1.7", b"%PDF-1.7"]
    assert client_of(editor).get(reverse("content:file", args=[kept.pk])).status_code == 404


@pytest.mark.parametrize(
    ("amount", "currency", "english", "russian"),
    [
        ("10000", "USD", "10,000 US dollars", "10 000 долларов США"),
        ("1", "EUR", "1 euro", "1 евро"),
        ("2500.50", "RUB", "2,500.50 roubles", "2 500,50 рубля"),
        ("300", "CHF", "300 CHF", "300 CHF"),
    ],
)
def test_money_is_said_in_both_languages(amount, currency, english, russian):
    with translation.override("en"):
        assert wording.money_words(Decimal(amount), currency).replace("\xa0", " ") == english
    with translation.override("ru"):
        assert wording.money_words(Decimal(amount), currency).replace("\xa0", " ") == russian


@pytest.mark.parametrize(
    ("place", "sharing", "words"),
    [(1, 1, "1st place"), (2, 2, "2nd–3rd places, shared"), (11, 1, "11th place"),
     (1, 3, "1st–3rd places, shared")],
)  # fmt: skip
def test_place_is_said_in_words(place, sharing, words):
    with translation.override("en"):
        assert wording.place_words(place, sharing) == words


def test_list_is_narrowed_by_award_year_city_country_and_words(client, award, prize):
    other = awards.make_award("scroll", title_en="Scroll of Honour")
    make_laureate(other, year=None, title_ru="Грозный", title_en="Grozny", honour="winner",
                  place=None, citation_en="For courage")  # fmt: skip
    narrowed = {
        "": {"Bishkek", "Grozny"}, "?award=scroll": {"Grozny"}, "?year=2020": {"Bishkek"},
        "?year=unknown": {"Grozny"}, "?country=KG": {"Bishkek"}, "?member=bishkek": {"Bishkek"},
        "?q=courage": {"Grozny"}, "?q=бишкек": {"Bishkek"}, "?year=1800": {"Bishkek", "Grozny"},
    }  # fmt: skip
    for query, expected in narrowed.items():
        page = client.get(f"/en/laureates/{query}")
        found = {one.title_en for one in page.context["object_list"]}
        assert (query, found) == (query, expected)


def test_year_that_no_source_states_is_said_so(client, award):
    make_laureate(award, year=None)
    assert "Year not stated" in client.get("/en/laureates/").content.decode()


def test_drafts_and_others_are_not_found(client, award):
    draft = make_laureate(award, status="draft")
    later = make_laureate(award, published_at=timezone.now() + HOUR)
    held = make_laureate(award, round=awards.make_round(award))
    assert [client.get(one.get_absolute_url()).status_code for one in (draft, later, held)] == [
        404, 404, 404,
    ]  # fmt: skip
    assert list(Laureate.objects.public()) == []


def test_results_wait_for_their_moment(client, award):
    results = released(award, published_at=timezone.now() + HOUR)
    laureate = make_laureate(award, round=results.round)
    results.save()
    addresses = [results.get_absolute_url(), laureate.get_absolute_url()]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert "Бишкек" not in client.get("/ru/laureates/").content.decode()
    assert "/results/" not in client.get("/sitemap.xml").content.decode()


def test_results_page_shares_the_rank_cell_of_equal_places(client, award):
    results = released(award)
    category = awards.make_category(results.round)
    for title, place in (("Perm", 2), ("Ufa", 1), ("Omsk", 2), ("Baku", 4)):
        make_laureate(award, round=results.round, category=category, place=place,
                      title_en=title, title_ru=title)  # fmt: skip
    results.save()
    with translation.override("en"):
        page = client.get(results.get_absolute_url())
    (group,) = page.context["groups"]
    assert [(row["rank"], row["span"], row["title"], row["honour"]) for row in group["rows"]] == [
        (1, 1, "Ufa", "1st place"),
        (2, 2, "Omsk", "2nd–3rd places, shared"),
        (2, 0, "Perm", "2nd–3rd places, shared"),
        (4, 1, "Baku", "4th place"),
    ]
    assert 'rowspan="2">2</td>' in page.content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_pages_ask_a_constant_number_of_queries(
    client, award, bishkek, count, django_assert_max_num_queries
):
    results = released(award)
    for _number in range(count):
        make_laureate(award, round=results.round, member=bishkek)
    results.save()
    for address, number in ((results.get_absolute_url(), 14), ("/en/laureates/", 14)):
        with django_assert_max_num_queries(number):
            client.get(address)


def test_honours_stand_on_the_city_page_and_in_its_chronicle(client, bishkek, prize):
    page = read(client, bishkek)
    assert "Awards and honours" in page
    with translation.override("en"):
        found = [(one.day, one.title, one.kind) for one in activity.activities_of(bishkek)]
    assert (datetime.date(2020, 2, 28), "The award: 1st place", "award") in found


def test_honour_of_no_stated_year_is_not_in_the_chronicle(bishkek, award):
    make_laureate(award, member=bishkek, year=None)
    assert [one for one in activity.activities_of(bishkek) if one.kind == "award"] == []


def test_laureates_are_found_by_search_event_and_front_page(client, award, bishkek):
    event = make_event("retreat")
    laureate = make_laureate(award, member=bishkek, event=event, year=2020)
    address = laureate.get_absolute_url()
    assert address in client.get("/ru/search/?q=Бишкек").content.decode()
    assert address in client.get("/ru/events/retreat/").content.decode()
    assert address in client.get("/ru/").content.decode()
    assert address in client.get("/sitemap.xml").content.decode()


def test_city_page_names_the_award_not_the_city_again(client, award, bishkek):
    own = make_laureate(award, member=bishkek)
    child = make_laureate(award, member=bishkek, title_ru="Алина", title_en="Alina")
    page = client.get("/en/members/bishkek/").content.decode()
    assert [
        f'<a href="/en/laureates/{one.pk}/">{name}</a>: 1st place' in page
        for one, name in ((own, "The award"), (own, "Bishkek"), (child, "Alina"))
    ] == [True, False, True]
