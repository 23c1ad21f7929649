import datetime
import re

import pytest

from content import dated
from content.models import SearchEntry
from governance.tests.factories import make_person
from members.tests.factories import make_country, make_member
from partnerships import stating
from partnerships.models import Partnership, Signatory
from partnerships.tests.factories import make_alias, make_city, make_partnership

pytestmark = pytest.mark.django_db

LIST = "/en/partnerships/"


def rows(client, query="") -> list[str]:
    """The pairs in the table."""
    page = client.get(LIST + query).content.decode()
    found = re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", pair).replace("\xa0", " ") for pair in found]


@pytest.fixture
def network(stavropol, kazan):
    """Three ties: with a city outside, between two members, in preparation."""
    bulgaria = make_country("BG", "Болгария", "Bulgaria", is_in_region=False)
    pazardzhik = make_city("pazardzhik", "Пазарджик", "Pazardzhik", country=bulgaria)
    make_alias(pazardzhik, "Pazardjik")
    return [
        make_partnership(stavropol, make_city()),
        make_partnership(stavropol, kazan, signed_on=datetime.date(2001, 1, 1)),
        make_partnership(stavropol, pazardzhik, stage="preparation", signed_on=None),
    ]


def test_the_network_lists_all_latest_first(client, network, stavropol, kazan):
    low, high = sorted([stavropol, kazan], key=lambda one: one.pk)

    assert rows(client) == [
        "Stavropol – Zhenjiang", f"{low.name_en} – {high.name_en}", "Stavropol – Pazardzhik",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?country=BG", 1),
        ("?country=RU", 3),
        ("?stage=preparation", 1),
        ("?member=kazan", 1),
        ("?member=stavropol&stage=signed", 2),
        ("?q=Pazardjik", 1),
        ("?q=чжэньцзян", 1),
        ("?q=nowhere", 0),
        ("?stage=nonsense", 3),
        ("?q=%25%27%22", 0),
    ],
)
def test_filters(client, network, query, number):
    assert len(rows(client, query)) == number


def test_twn_1_the_public_reads_stated_by(client, stavropol, rep):
    stating.state(stavropol, make_city(), rep, signed_on=datetime.date(2012, 1, 1))

    assert "stated by Stavropol" in client.get(LIST).content.decode()


def test_twn_1_a_refusal_is_nowhere_on_public_pages(client, stavropol, kazan, rep, kazan_rep):
    row = stating.state(stavropol, kazan, rep, signed_on=datetime.date(2012, 1, 1))
    stating.refuse(row, kazan_rep, stating.Dissent("We never signed it."))

    for address in (LIST, row.get_absolute_url(), stavropol.get_absolute_url()):
        page = client.get(address.replace("/ru/", "/en/")).content.decode()
        assert "not confirmed" not in page
        assert "never signed" not in page


def test_one_and_sixty_rows_take_the_same_queries(client, stavropol, django_assert_max_num_queries):
    make_partnership(stavropol, make_city())
    client.get(LIST)
    with django_assert_max_num_queries(6):
        client.get(f"{LIST}?stage=signed")
    for number in range(70):
        make_partnership(stavropol, make_member(f"c-{number}", f"Г {number}", f"C {number}"))
    client.get(LIST)
    with django_assert_max_num_queries(6):
        assert len(rows(client, "?stage=signed&page=1")) == 60


def test_ties_are_drawn_on_the_map(client, stavropol):
    stavropol.latitude, stavropol.longitude = 45.04, 41.97
    stavropol.save()
    make_partnership(stavropol, make_city(latitude=32.2, longitude=119.4))

    page = client.get(LIST).content.decode()

    assert page.count('class="tie tie--signed"') == 1
    assert "Map of the partnerships; the table below says the same" in page


def test_no_places_no_map(client, network):
    assert "<svg viewBox" not in client.get(LIST).content.decode().split("<main")[1]


def test_s3_55_the_page_of_a_partnership_names_the_signatories(client, stavropol):
    row = make_partnership(stavropol, agreement_en="Agreement on friendship")
    Signatory.objects.create(partnership=row, side="b", name_en="Li Hua", office_en="mayor")
    person = make_person("petrov", full_name_en="P. Petrov")
    Signatory.objects.create(partnership=row, side="a", person=person, name_en="P. Petrov")

    page = client.get(f"{LIST}{row.pk}/").content.decode()

    for words in ("Agreement on friendship", "Signed for Zhenjiang", "Li Hua", "P. Petrov"):
        assert words in page.replace("\xa0", " ")
    assert client.get(f"{LIST}999999/").status_code == 404


def test_s3_56_a_city_outside_has_a_page_with_its_spellings(client, network):
    page = client.get(f"{LIST}cities/pazardzhik/").content.decode().replace("\xa0", " ")

    assert "also written Pazardjik" in page
    assert "Stavropol – Pazardzhik" in page


def test_a_city_without_a_partner_has_no_page(client):
    make_city()

    assert client.get(f"{LIST}cities/zhenjiang/").status_code == 404
    assert not SearchEntry.objects.exists()


@pytest.mark.parametrize("text", ["Pazardjik", "Pazardzhik", "пазарджик"])
def test_the_search_finds_every_spelling(client, network, text):
    page = client.get("/en/search/", {"q": text}).content.decode()

    assert f"{LIST}cities/pazardzhik/" in page


def test_a_city_leaves_the_search_with_its_last_partner(network):
    row = Partnership.objects.get(city__slug="zhenjiang")
    assert SearchEntry.objects.filter(title="Zhenjiang").exists()

    row.delete()

    assert not SearchEntry.objects.filter(title="Zhenjiang").exists()


def test_the_sitemap_lists_network_partnerships_and_cities(client, network):
    sitemap = client.get("/sitemap.xml").content.decode()

    for address in ("/ru/partnerships/<", f"/en/partnerships/{network[0].pk}/<",
                    "/en/partnerships/cities/zhenjiang/<"):  # fmt: skip
        assert address in sitemap


def test_anniversaries_are_announced(client, stavropol):
    year = dated.today().year
    make_partnership(
        stavropol, signed_on=datetime.date(year - 10, 12, 31), signed_precision="month"
    )
    make_partnership(
        stavropol, make_city("x", "Икс", "Ex"), signed_on=datetime.date(year - 9, 1, 1)
    )

    page = client.get(LIST).content.decode()

    is_near = dated.today() >= datetime.date(year, 8, 1)
    assert ("10 years of the ties between Stavropol and Zhenjiang" in page) is is_near
    assert "9 years" not in page
