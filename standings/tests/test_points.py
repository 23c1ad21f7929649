"""The points of a city: they add up, reveal no neighbour, and only the city reads them."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.tests.factories import make_representative
from members import attention
from members.models import Member
from members.tests.factories import make_member
from questionnaires.models import Answer
from questionnaires.tests.factories import make_sent
from ratings.models import Edition, Indicator, Method, Scale, ScaleStep
from ratings.tests.factories import make_edition, make_full_edition, make_group, make_indicator
from standings import explaining, points_page
from standings.computing import compute
from standings.models import Points, Seal, Standing
from standings.tests.factories import make_known

pytestmark = pytest.mark.django_db
CITIES = [("perm", "Пермь", "Perm"), ("ufa", "Уфа", "Ufa"), ("omsk", "Омск", "Omsk")]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def make_year(year: int = 2026, **columns) -> Edition:
    """An answered edition: Ufa leads, Perm second, Omsk third; all of one class."""
    edition = make_full_edition(year=year, **columns)
    for (slug, ru, en), numbers in zip(CITIES, ((5, 2, 4), (9, 8, 4), (1, 1, 1)), strict=True):
        member = Member.objects.filter(slug=slug).first() or make_member(slug, ru, en)
        make_sent(edition, dict(zip(("P1", "P2", "E1"), numbers, strict=True)), member=member)
    return edition


def seal(edition: Edition, published_at=None, revision: int = 1, **columns) -> Seal:
    """Sealed as `compute` gives it, with points."""
    outcome = compute(edition)
    details = explaining.all_points(outcome)
    now = timezone.now()
    people = [make_representative(Member.objects.first()) for _ in range(2)]
    with transaction.atomic():
        sealed = Seal.objects.create(
            edition=edition, revision=revision, canonical="{}", sha256=f"{edition.pk:064x}",
            code_version="1", asked_by=people[0], sealed_by=people[1], sealed_at=now,
            published_at=published_at or now - datetime.timedelta(hours=1),
            **({"reason_en": "wrong"} if revision > 1 else {}), **columns,
        )  # fmt: skip
        for place in outcome.places:
            standing = Standing.objects.create(
                edition=edition, seal=sealed, response=place.response,
                member=place.response.member, name_en=place.response.name_in("en"),
                score=place.score, rank=place.rank, rank_in_class=place.rank_in_class,
                rank_low=place.low, rank_high=place.high, class_code=place.class_code,
            )  # fmt: skip
            Points.objects.create(standing=standing, detail=details[place.response.pk])
    Edition.objects.filter(pk=edition.pk, sealed_at=None).update(sealed_at=now)
    return sealed


def address(slug: str, edition: Edition, language: str = "en") -> str:
    with translation.override(language):
        return reverse("standings:points", args=[slug, edition.pk])


@pytest.fixture
def perm(client_of):
    """A client of the representative of Perm, who exists with the first edition."""

    def client():
        member = Member.objects.get(slug="perm")
        return client_of(make_representative(member, "rep@perm.example.org"))

    return client


def detail_of(edition: Edition, slug: str) -> dict:
    return explaining.points_of(compute(edition), edition.responses.get(member__slug=slug))


def test_contributions_add_up_to_the_score():
    detail = detail_of(make_year(), "perm")
    given = [row["contribution"] for row in detail["indicators"]]
    assert detail["sum"] == pytest.approx(detail["score"], abs=1e-9)
    assert sum(given) == pytest.approx(detail["score"], abs=1e-9)


def test_a_line_has_answer_weight_points_and_the_class():
    row = detail_of(make_year(), "perm")["indicators"][0]
    assert row == {
        "code": "P1", "raw": 5.0, "is_corrected": False, "reason": "", "value": 5.0,
        "normalised": pytest.approx(50), "is_used": True, "is_imputed": False,
        "weight": pytest.approx(40), "contribution": pytest.approx(20), "peers": 3,
        "median": pytest.approx(50), "best": pytest.approx(100), "median_value": 5.0,
        "best_value": 9.0, "gap": pytest.approx(0),
    }  # fmt: skip


def test_an_answer_that_was_not_given_says_so_and_counts_for_nothing():
    edition = make_year()
    Answer.objects.filter(response__member__slug="perm", indicator__code="E1").delete()
    row = detail_of(edition, "perm")["indicators"][2]
    assert (row["raw"], row["contribution"], row["is_used"]) == (None, 0.0, False)


def test_fewer_than_three_cities_reveal_nothing_of_a_neighbour():
    edition = make_year()
    edition.responses.filter(member__slug="omsk").update(population=20_000)
    for slug in ("perm", "omsk"):
        for row in detail_of(edition, slug)["indicators"]:
            assert {row[name] for name in (
                "median", "best", "median_value", "best_value", "gap")} == {None}  # fmt: skip
            assert row["peers"] == 0


def test_three_cities_of_whom_two_answered_reveal_nothing_either():
    edition = make_year()
    Answer.objects.filter(response__member__slug="omsk", indicator__code="E1").delete()
    rows = {row["code"]: row["peers"] for row in detail_of(edition, "perm")["indicators"]}
    assert rows == {"P1": 3, "P2": 3, "E1": 0}


def test_a_correction_is_told_with_its_reason_and_without_a_name(superuser):
    edition = make_year()
    row = Answer.objects.get(response__member__slug="perm", indicator__code="P1")
    Answer.objects.filter(pk=row.pk).update(
        check_state="corrected", corrected_number=4, check_reason="Counted twice",
        checked_by=superuser, checked_at=timezone.now(),
    )  # fmt: skip
    detail = detail_of(edition, "perm")
    line = detail["indicators"][0]
    assert (line["raw"], line["is_corrected"], line["reason"]) == (4.0, True, "Counted twice")
    shown = points_page.explained(edition, detail).sections[0].lines[0]
    assert shown.correction == "Corrected when it was checked: Counted twice"
    assert superuser.full_name not in str(detail)


def test_a_correction_by_an_erratum_is_told():
    edition = make_year()
    response = edition.responses.get(member__slug="perm")
    indicator = Indicator.objects.get(edition=edition, code="P1")
    outcome = compute(edition, {(response.pk, indicator.pk): 6})
    assert explaining.points_of(outcome, response)["indicators"][0]["is_corrected"] is True


def test_the_cheapest_steps_up_are_sentences():
    edition = make_year()
    Answer.objects.filter(response__member__slug="omsk", indicator__code="E1").update(number=4)
    shown = points_page.explained(edition, detail_of(edition, "omsk"))
    assert shown.steps[0] == (
        "Question P1: 5 more (6 instead of 1) gives place 2 instead of 3, "
        "if the others stay as they are."
    )


def test_nobody_has_steps_above_the_first_place():
    assert detail_of(make_year(), "ufa")["steps"] == []


def test_a_large_edition_says_that_steps_were_not_looked_for(monkeypatch):
    monkeypatch.setattr(explaining, "MOST_ANSWERS", 3)
    edition = make_year()
    detail = detail_of(edition, "perm")
    assert detail["steps"] is None
    assert points_page.explained(edition, detail).are_steps_known is False


def test_pairs_have_no_contributions():
    edition = make_year()
    Method.objects.filter(edition=edition).update(
        within_groups="copeland", across_groups="copeland"
    )
    detail = detail_of(edition, "perm")
    assert (detail["sum"], detail["indicators"][0]["contribution"]) == (None, None)
    assert points_page.explained(edition, detail).in_pairs is True


def test_a_city_without_an_answer_has_a_reason_and_no_points():
    edition = make_year()
    response = make_sent(edition, {}, member=make_member("kazan", "Казань", "Kazan"))
    detail = explaining.points_of(edition, response)
    assert (detail["score"], detail["sum"], detail["steps"]) == (None, None, [])
    assert detail["left_out"] == "no_answers"
    assert {row["contribution"] for row in detail["indicators"]} == {None}


def test_answers_are_told_in_words():
    edition = make_edition()
    group = make_group(edition)
    scale = Scale.objects.create(edition=edition, title_en="How often", title_ru="Как часто")
    ScaleStep.objects.create(scale=scale, label_en="every year", label_ru="каждый год", value=2)
    often = make_indicator(group, "P1", kind="scale", scale=scale)
    yes = make_indicator(group, "P2", kind="yes_no")
    share = make_indicator(group, "P3", kind="percent")
    links = make_indicator(group, "P4", unit_en="links", unit_ru="связи")
    steps = points_page._words(edition).steps
    said = [
        points_page.answer_words(number, one, steps)
        for number, one in [(2.0, often), (1.0, yes), (0.0, yes), (37.5, share), (12000.0, links),
                            (None, links)]
    ]  # fmt: skip
    assert said == ["every year", "yes", "no", "37.5 %", "12,000 links", "no answer"]


def test_values_per_inhabitants_are_told():
    edition = make_full_edition()
    Indicator.objects.filter(code="P1").update(denominator="population", per=100_000)
    make_sent(edition, {"P1": 5})
    response = edition.responses.get()
    shown = points_page.explained(edition, explaining.points_of(edition, response))
    assert shown.sections[0].lines[0].value == "2 per 100,000 inhabitants"


def test_an_answer_that_does_not_count_shows_no_points_and_no_zero():
    edition = make_year()
    Answer.objects.filter(response__member__slug="perm", indicator__code="E1").delete()
    detail = detail_of(edition, "perm")
    line = points_page.explained(edition, detail).sections[-1].lines[0]
    assert (line.code, line.contribution) == ("E1", "—")
    assert line.note.startswith("It does not count for your city")


def test_rat_7_a_city_reads_its_own_points_and_nobody_elses(perm):
    """RAT-7: the representative of Perm is refused Ufa's points; sees own ones, the median of
    the class, the own former edition."""
    former = make_year(2024, slug="2024")
    now = make_year(2026, rating=former.rating, slug="2026")
    seal(former)
    seal(now)
    client = perm()
    assert client.get(address("ufa", now)).status_code == 404
    page = client.get(address("perm", now))
    assert page.status_code == 200
    line = page.context["points"].sections[0].lines[0]
    assert (line.code, line.answer, line.median, line.best) == ("P1", "5", "5", "9")
    assert line.former == line.contribution == "20.00"
    assert page.context["points"].adds_up is True
    assert [(one.edition, one.rank) for one in page.context["history"]] == [(former, 2)]
    for name in ("Ufa", "Omsk", "Уфа", "Омск"):
        assert name not in page.content.decode()


def test_points_of_another_edition_number_are_not_found(perm):
    edition = make_year()
    seal(edition)
    client = perm()
    with translation.override("en"):
        wrong = reverse("standings:points", args=["perm", edition.pk + 1])
    assert client.get(wrong).status_code == 404


def test_points_wait_for_the_embargo(perm):
    edition = make_year()
    sealed = seal(edition, published_at=timezone.now() + datetime.timedelta(hours=1))
    client = perm()
    assert client.get(address("perm", edition)).status_code == 404
    Seal.objects.filter(pk=sealed.pk).update(published_at=timezone.now())
    assert client.get(address("perm", edition)).status_code == 200


def test_points_are_shown_only_where_the_edition_says_so(perm):
    edition = make_year(shows_points=False)
    seal(edition)
    assert perm().get(address("perm", edition)).status_code == 404


def test_points_of_a_draft_edition_are_not_shown(perm):
    edition = make_year(status="draft", published_at=None)
    seal(edition)
    assert perm().get(address("perm", edition)).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    edition = make_year()
    seal(edition)
    assert client.get(address("perm", edition)).status_code == 302


def test_known_places_stand_in_the_history(perm):
    edition = make_year()
    seal(edition)
    past = make_edition(
        edition.rating, kind="known", year=2015, opens_at=None, closes_at=None, opened_at=None
    )
    make_known(past, Member.objects.get(slug="perm"), rank=4)
    page = perm().get(address("perm", edition))
    assert [(one.edition.year, one.rank) for one in page.context["history"]] == [(2015, 4)]
    assert page.context["former"] is None


def test_points_are_ready_stands_once_in_the_cabinet():
    edition = make_year()
    member = Member.objects.get(slug="perm")
    user = make_representative(member)
    url = address("perm", edition)
    assert url not in [one.url for one in attention.attention_for(member, user)]
    seal(edition)
    seal(edition, revision=2)
    assert [one.url for one in attention.attention_for(member, user)].count(url) == 1


def test_old_points_are_no_news():
    edition = make_year()
    seal(edition, published_at=timezone.now() - datetime.timedelta(days=31))
    member = Member.objects.get(slug="perm")
    user = make_representative(member)
    assert address("perm", edition) not in [
        one.url for one in attention.attention_for(member, user)
    ]


def test_the_page_draws_strips_without_styles_and_never_nan(perm):
    edition = make_year()
    Answer.objects.filter(response__member__slug="perm", indicator__code="E1").delete()
    seal(edition)
    text = perm().get(address("perm", edition)).content.decode()
    assert 'class="strip"' in text
    assert "style=" not in text.split("<main", 1)[1]
    assert ">nan" not in text.lower()


def test_a_detail_without_lines_is_a_page_without_sections():
    shown = points_page.explained(make_edition(), {})
    assert (shown.sections, shown.score, shown.adds_up) == ([], "—", False)


def test_the_page_costs_the_same_for_few_questions_and_many(perm, django_assert_max_num_queries):
    edition = make_year()
    group = edition.groups.get(code="E")
    for number in range(2, 8):
        make_indicator(group, f"E{number}")
    seal(edition)
    client = perm()
    client.get(address("perm", edition))
    with django_assert_max_num_queries(25):
        client.get(address("perm", edition))
