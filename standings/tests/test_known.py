"""Known places of past editions: typed in by staff, loaded with the demonstration."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from members.tests.factories import make_country, make_member
from ratings.tests.factories import make_edition
from standings import known, listing
from standings.models import Standing
from standings.tests.factories import make_known, make_sealed

pytestmark = pytest.mark.django_db
ADD = "admin:standings_standing_add"


@pytest.fixture
def past(db):
    return make_edition(kind="known", opens_at=None, closes_at=None, opened_at=None, year=2016)


@pytest.fixture
def desk(client_of, ratings_officer):
    return client_of(ratings_officer)


def sent(edition, **values) -> dict:
    return {"edition": edition.pk, "rank": "1", "source": "Bulletin"} | values


def errors(page) -> dict:
    return {name: list(found) for name, found in page.context["adminform"].form.errors.items()}


def test_known_place_takes_the_name_of_the_member(desk, past):
    member = make_member("osh", "Ош", "Osh", country=make_country("KG", "Кыргызстан", "Kyrgyzstan"))
    assert desk.post(reverse(ADD), sent(past, member=member.pk)).status_code == 302
    one = Standing.objects.get()
    assert (one.name_ru, one.name_en, one.country.code, one.rank) == ("Ош", "Osh", "KG", 1)
    assert one.sort_key_ru.startswith("ош")


def test_city_without_a_record_needs_its_name(desk, past):
    page = desk.post(reverse(ADD) + "?language=en", sent(past))
    assert page.status_code == 200
    assert list(errors(page)) == ["__all__"]
    assert desk.post(reverse(ADD), sent(past, name_en="Tiraspol")).status_code == 302


def test_known_place_says_what_and_from_where(desk, past):
    member = make_member("osh")
    page = desk.post(reverse(ADD), sent(past, member=member.pk, rank="", source=""))
    assert sorted(errors(page)) == ["rank", "source"]
    page = desk.post(reverse(ADD), sent(past, member=member.pk, rank="", rank_in_class="2"))
    assert sorted(errors(page)) == ["class_title_ru"]
    assert sorted(errors(desk.post(reverse(ADD), sent(past, member=member.pk, rank="0")))) == [
        "rank"
    ]


def test_places_of_a_held_edition_are_not_typed_in(desk, past):
    seal = make_sealed()
    page = desk.post(reverse(ADD), sent(seal.edition, member=make_member("osh").pk))
    assert list(errors(page)) == ["edition"]


def test_sealed_places_are_not_in_the_list(desk, past):
    sealed = make_sealed().standings.first()
    place = make_known(past, make_member("osh", "Ош", "Osh"))
    page = desk.get(reverse("admin:standings_standing_changelist"))
    assert [one.pk for one in page.context["cl"].result_list] == [place.pk]
    address = reverse("admin:standings_standing_change", args=[sealed.pk])
    assert desk.get(address).status_code == 302


@pytest.mark.parametrize("count", [1, 12])
def test_list_of_known_places_costs_the_same(desk, past, count, django_assert_max_num_queries):
    for number in range(count):
        make_known(past, make_member(f"city-{number}"), number + 1)
    with django_assert_max_num_queries(14):
        desk.get(reverse("admin:standings_standing_changelist"))


def test_known_place_is_public_at_once_and_gone_at_once(
    client, past, django_capture_on_commit_callbacks
):
    assert listing.out() == {}
    with django_capture_on_commit_callbacks(execute=True):
        place = known.keep(Standing(edition=past, member=make_member("osh"), rank=1, source="x"))
    assert list(listing.out()) == [past.pk]
    with django_capture_on_commit_callbacks(execute=True):
        known.forget(place)
    assert listing.out() == {}


def test_demonstration_has_the_known_places(db):
    from ratings.models import Rating
    from uclg_portal.demonstration import data, standings

    rows = data.table("standings.toml")["places"]
    for slug in {row["member"] for row in rows if "member" in row}:
        make_member(slug, slug, slug)
    rating = None
    for slug in ("2015", "2016", "2018", "2019"):
        edition = make_edition(rating, kind="known", slug=slug, year=int(slug), opens_at=None,
                               closes_at=None, opened_at=None)  # fmt: skip
        rating = edition.rating
    standings.load()
    cache.clear()
    assert Rating.objects.count() == 1
    found = Standing.objects.filter(edition__slug="2019").in_order()
    assert [(one.rank, one.name_en, one.is_guest) for one in found] == [
        (1, "bishkek", False), (2, "izmir", True), (3, "khabarovsk", False), (7, "perm", False),
        (None, "Beit Jala", True),
    ]  # fmt: skip
    assert Standing.objects.filter(source="").count() == 0
    assert Standing.objects.count() == len(rows)
