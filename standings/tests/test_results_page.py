"""The results page: RAT-1, RAT-2, lists, likely places, changes, the seal, corrections, cost."""

import datetime
import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from accounts.tests.factories import make_user
from content.sortkeys import sort_key
from members.models import Member
from members.tests.factories import make_country, make_member
from questionnaires.models import Response
from questionnaires.tests.factories import make_sent
from ratings.models import Edition
from ratings.tests.factories import make_full_edition
from standings import canonical
from standings.models import Seal, Standing
from standings.tests.factories import CITIES, HOUR, make_answered, make_known, make_sealed

pytestmark = pytest.mark.django_db
ALL = {"P1": 1, "P2": 1, "E1": 1}


def address(edition: Edition, name: str = "results", *more: str) -> str:
    return reverse(f"standings:{name}", args=[edition.rating.slug, edition.slug, *more])


def read(client, edition: Edition, query: str = "", code: str = "en") -> str:
    with translation.override(code):
        page = client.get(address(edition) + query)
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


def rows(html: str) -> list[list[str]]:
    """Cells of the first table as text: rows of the body."""
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [" ".join(re.sub(r"<[^>]*>", " ", cell).split())
         for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in body.split("</tr>") if "<tr>" in row
    ]  # fmt: skip


def with_four(*more: str):
    """Four cities, the two in the middle equal, and more that are last; sealed."""
    edition = make_full_edition(closes_at=timezone.now() - HOUR)
    last = [(slug, 0) for slug in more]
    for slug, number in [("omsk", 3), ("tver", 2), ("aktau", 2), ("osh", 1), *last]:
        member = make_member(slug, slug.title(), slug.title())
        make_sent(edition, dict.fromkeys(ALL, number), member=member)
    return make_sealed(edition).edition


# --- RAT-1 ---


@pytest.mark.parametrize(
    ("code", "words"), [("en", "2nd–3rd places"), ("ru", "2–3-е места")]
)  # fmt: skip
def test_rat_1_tied_cities_share_a_rank_cell_and_the_next_place_is_4(client, code, words):
    html = read(client, with_four(), code=code)
    found = rows(html)
    assert [row[0] for row in found] == ["1", "2", f"Tver {words}, Russia, medium"
            if code == "en" else f"Tver {words}, Россия, medium", "4"]  # fmt: skip
    assert found[1][1].startswith(f"Aktau {words}")
    assert html.count('class="rank" rowspan="2">2</td>') == 1
    assert "rowspan" not in html.replace('class="rank" rowspan="2">2</td>', "")


def test_rat_1_equality_is_of_the_stored_score_and_not_of_the_screen(client):
    edition = make_full_edition(closes_at=timezone.now() - HOUR)
    for slug, number in [("omsk", 100_000), ("tver", 99_999), ("osh", 0)]:
        member = make_member(slug, slug.title(), slug.title())
        make_sent(edition, {"P1": number, "P2": 1, "E1": 1}, member=member)
    make_sealed(edition)
    assert [(row[0], row[2]) for row in rows(read(client, edition))] == [
        ("1", "100.00"), ("2", "100.00"), ("3", "0.00")
    ]  # fmt: skip


def test_rat_1_direction_judges_ties_by_nine_decimals(client):
    seal = make_sealed(make_full_edition(closes_at=timezone.now() - HOUR))
    html = read(client, seal.edition, "?direction=P")
    assert [row[0] for row in rows(html)] == ["1", "2", "3"]


# --- RAT-2 ---


def test_rat_2_common_table_marks_the_guest(client):
    edition = make_sealed().edition
    found = [(row[0], row[1]) for row in rows(read(client, edition))]
    assert found == [
        ("1", "Bishkek Russia, medium"), ("2", "Izmir Türkiye, medium, guest"),
        ("3", "Khabarovsk Russia, medium"),
    ]  # fmt: skip


def test_rat_2_guests_are_left_out_of_members_lists_with_places_recomputed_and_said_so(client):
    edition = make_sealed().edition
    html = read(client, edition, "?list=members")
    assert [(row[0], row[1].split()[0]) for row in rows(html)] == [
        ("1", "Bishkek"),
        ("2", "Khabarovsk"),
    ]
    assert "Guests of the rating are left out here" in html
    russian = read(client, edition, "?list=members", "ru")
    assert "Гости рейтинга здесь не учтены" in russian


def test_rat_2_class_has_a_first_place_of_its_own(client):
    edition = make_full_edition(closes_at=timezone.now() - HOUR, admits_guests=True)
    make_answered(edition)
    large = make_sent(edition, {"P1": 6, "P2": 4, "E1": 2}, population=700_000,
                      member=make_member("perm", "Пермь", "Perm"))  # fmt: skip
    make_sealed(edition)
    assert Standing.objects.get(response=large).rank == 3
    assert [row[:2] for row in rows(read(client, edition, "?class=large"))] == [
        ["1", "Perm Russia"]
    ]
    members = rows(read(client, edition, "?class=medium&direction=P&list=members"))
    assert [row[:2] for row in members] == [["1", "Bishkek Russia"], ["2", "Khabarovsk Russia"]]


# --- certainty, change, host ---


def test_likely_places_are_said_with_their_meaning(client):
    html = read(client, make_sealed().edition)
    assert [row[3] for row in rows(html)] == ["1", "2", "3"]
    said = ["Where two ranges overlap, the order is not certain.", "recalculated 1,000 times",
            "up to 25 % either way", "nine of ten recalculations"]  # fmt: skip
    assert [one for one in said if one not in html] == []


def test_change_is_against_the_previous_edition(client):
    edition = make_sealed().edition
    before = make_full_edition(rating=edition.rating, year=2024, kind="known", opened_at=None)
    make_known(before, make_member_of("khabarovsk"), 1)
    make_known(before, make_member_of("izmir"), 3)
    cache.clear()
    html = read(client, edition)
    assert "Change on 2024" in html
    assert [row[3] for row in rows(html)] == ["—", "up 1", "down 2"]
    assert "выше на 1" in read(client, edition, code="ru")


def make_member_of(slug):
    return Standing.objects.filter(member__slug=slug).first().member


def test_host_of_the_ceremony_is_said_beside_its_place(client):
    edition = make_sealed().edition
    edition.host = make_member_of("khabarovsk")
    edition.save()
    cache.clear()
    assert rows(read(client, edition))[2][1] == "Khabarovsk Russia, medium, host of the ceremony"


# --- the seal ---


def test_nothing_is_public_before_its_moment(client):
    seal = make_sealed(published_at=timezone.now() + HOUR)
    names = [
        ("results",),
        ("compare",),
        ("data",),
        ("data_file", "results.csv"),
        ("city", "bishkek"),
    ]
    assert {client.get(address(seal.edition, *one)).status_code for one in names} == {404}


def test_draft_edition_has_no_results(client):
    edition = make_sealed().edition
    edition.status = "draft"
    edition.save()
    cache.clear()
    assert client.get(address(edition)).status_code == 404


def test_seal_is_shown_with_its_number_and_can_be_checked(client):
    seal = make_sealed()
    html = read(client, seal.edition)
    assert seal.sha256 in html
    assert "sha256sum sealed.json" in html
    fetched = client.get(address(seal.edition, "data_file", "sealed.json"))
    assert canonical.sha256(fetched.content.decode()) == seal.sha256
    assert [one["rank"] for one in json.loads(fetched.content)["results"]] == [1, 2, 3]
    assert b"answers" not in fetched.content


def test_correction_shows_old_and_new_places(client):
    first = make_sealed()
    edition = first.edition
    answer = edition.responses.get(member__slug="khabarovsk").answers.get(indicator__code="P1")
    raise_standings(edition, answer.response_id, 500)
    html = read(client, edition)
    assert "Corrected after publication" in html
    assert "A digit was missing" in html
    moved = rows(html.split('id="correction-2"')[1])
    assert moved == [
        ["Khabarovsk", "3", "1", "0.00", "500.00"], ["Bishkek", "1", "2", "100.00", "100.00"],
        ["Izmir", "2", "3", "70.00", "70.00"],
    ]  # fmt: skip
    assert rows(html)[0][:2] == ["1", "Khabarovsk Russia, medium"]


def raise_standings(edition, response: int, score: float) -> None:
    """A second revision where one city has another score."""
    now = timezone.now()
    old = list(Standing.objects.filter(edition=edition).order_by("rank"))
    seal = Seal.objects.create(
        edition=edition, revision=2, reason_ru="Пропущена цифра", reason_en="A digit was missing",
        asked_by=make_user(), sealed_by=make_user(), canonical="{}", sha256="a" * 64,
        code_version="1", sealed_at=now, published_at=now - datetime.timedelta(minutes=1),
    )  # fmt: skip
    for one in old:
        one.score = score if one.response_id == response else one.score
    for place, one in enumerate(sorted(old, key=lambda each: -each.score), start=1):
        one.pk, one.seal, one.rank, one._state.adding = None, seal, place, True
        one.save()


# --- past editions ---


def test_past_edition_shows_only_known_places_with_their_source(client):
    before = make_full_edition(year=2016, kind="known", opened_at=None)
    member = make_member("khabarovsk", "Хабаровск", "Khabarovsk")
    make_known(before, member, None, note_ru="получил награду", note_en="received the award")
    stavropol = make_member("stavropol", "Ставрополь", "Stavropol")
    make_known(before, stavropol, None, rank_in_class=1, class_title_en="large",
               class_title_ru="крупные")  # fmt: skip
    html = read(client, before)
    assert "Only the places below are publicly known; scores are not." in html
    tables = html.split('<table class="table')[1:]
    assert [rows(one) for one in tables] == [
        [["1", "Stavropol Russia", "Bulletin"]],
        [["—", "Khabarovsk Russia Received the award", "Bulletin"]],
    ]
    assert 'href="https://example.org/bulletin"' in html
    assert client.get(address(before, "compare")).status_code == 404


# --- cost ---


def make_many(count: int) -> Edition:
    """An edition of so many cities with long Russian names, sealed."""
    edition = make_full_edition(closes_at=timezone.now() - HOUR, admits_guests=True)
    make_answered(edition)
    before = make_full_edition(rating=edition.rating, year=2024, kind="known", opened_at=None)
    country = make_country()
    extra = count - len(CITIES)
    members = Member.objects.bulk_create([
        Member(slug=f"gorod-{number}", name_ru=f"Новый Город {number}", name_en=f"New {number}",
               country=country, kind="city")
        for number in range(extra)
    ])  # fmt: skip
    responses = Response.objects.bulk_create(
        [Response(edition=edition, member=one, population=1) for one in members]
    )
    seal = make_sealed(edition)
    common = {"class_code": "medium", "class_title_ru": "средние", "class_title_en": "medium",
              "country": country, "edition": edition}  # fmt: skip
    Standing.objects.bulk_create([
        Standing(
            seal=seal, response=response, member=member, name_ru=member.name_ru,
            name_en=member.name_en, sort_key_ru=sort_key(member.name_ru), score=10 - number / 100,
            rank=number + 4, rank_in_class=number + 4, rank_low=number + 2.4,
            rank_high=number + 30, groups={"P": {"score": 10 - number / 100, "rank": number + 4}},
            **common,
        )
        for number, (member, response) in enumerate(zip(members, responses, strict=True))
    ])  # fmt: skip
    Standing.objects.bulk_create([
        Standing(**common | {"edition": before}, member=member, name_ru=member.name_ru,
                 name_en=member.name_en, rank=number + 3)
        for number, member in enumerate(members)
    ])  # fmt: skip
    return edition


@pytest.mark.parametrize("count", [4, 500])
def test_500_cities_cost_fewer_than_15_queries_and_200_kb(
    client, django_assert_max_num_queries, count
):
    edition = make_many(count)
    cache.clear()
    with django_assert_max_num_queries(14):
        page = client.get("/ru" + address(edition)[3:])
    assert len(rows(page.content.decode())) == count
    assert len(page.content) <= 200 * 1024, len(page.content)


def test_second_reader_costs_nothing(client, django_assert_num_queries):
    edition = make_sealed().edition
    read(client, edition)
    with django_assert_num_queries(0):
        read(client, edition)
