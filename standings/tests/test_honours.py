"""From places to honours: laureates, numbers of diplomas, the news draft, the chronicle."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from awards.tests.factories import make_award
from events.tests.factories import make_event
from laureates import diploma_making, releasing
from laureates.models import Diploma, Laureate, Results
from laureates.releasing import ReleaseRefused
from members import activity
from members.models import Member
from members.tests.factories import make_member
from news.models import Article
from questionnaires.tests.factories import make_sent
from ratings.tests.factories import make_full_edition, make_rating
from standings import honours, news_draft, sealing
from standings.activity import ranked
from standings.honours import HonoursRefused
from standings.models import Standing
from standings.tests.factories import HOUR, make_answered, make_known, make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


@pytest.fixture
def staff(make_user):
    return make_user("anna@example.org"), make_user("boris@example.org")


@pytest.fixture
def rating():
    return make_rating(award=make_award("rating", title_ru="Рейтинг", title_en="Rating"))


def sealed(rating, **columns):
    values = {"closes_at": timezone.now() - HOUR, "admits_guests": True, "places_honoured": 2}
    return make_full_edition(rating=rating, **values | columns)


def test_first_places_of_every_list_become_drafts_of_laureates(rating, staff):
    ceremony = make_event("ceremony")
    edition = make_sealed(
        sealed(rating, event=ceremony, period_ends_on=datetime.date(2025, 12, 31))
    ).edition

    kept = honours.draft(edition, staff[0])

    rows = Laureate.objects.filter(round=kept.round).in_order()
    assert list(
        rows.values_list("title_en", "category__code", "place", "honour", "status", "member__slug")
    ) == [
        ("Bishkek", "A", 1, "place", "draft", "bishkek"),
        ("Izmir", "A", 2, "place", "draft", "izmir"),
        ("Bishkek", "M", 1, "place", "draft", "bishkek"),
        ("Izmir", "M", 2, "place", "draft", "izmir"),
    ]  # fmt: skip
    first = rows[0]
    assert (first.award, first.event, first.results_of_year) == (rating.award, ceremony, 2025)
    assert first.year == ceremony.starts_at.year
    assert (first.category.title_en, rows[2].category.title_en) == ("Common rating", "medium")
    assert not Laureate.objects.public().filter(round=kept.round).exists()


def test_drafts_are_made_once(rating, staff):
    edition = make_sealed(sealed(rating)).edition

    honours.draft(edition, staff[0])
    honours.draft(edition, staff[1])

    assert Laureate.objects.filter(round__rating_honours__edition=edition).count() == 4


def test_tied_cities_share_the_places_on_their_diplomas(rating, staff):
    """RAT-1: the text says "2nd–3rd places"; in Russian the ending stands after the last one."""
    edition = make_answered(sealed(rating))
    for slug in ("perm", "ufa"):
        make_sent(edition, {"P1": 8, "P2": 7, "E1": 6}, member=make_member(slug, slug, slug))
    kept = honours.draft(make_sealed(edition).edition, staff[0])
    diploma_making.make(kept.round, Diploma.To.LAUREATE, staff[0])

    common = Diploma.objects.filter(laureate__round=kept.round, series="A")
    assert set(common.values_list("laureate__title_en", "honour_en")) == {
        ("Bishkek", "1st place"), ("perm", "2nd–3rd places"), ("ufa", "2nd–3rd places"),
    }  # fmt: skip


def test_letters_of_classes_are_short_and_never_the_same(rating):
    edition = sealed(rating)
    edition.size_classes.filter(code="large").update(code="mega")
    edition.size_classes.filter(code="small").update(code="a")

    assert honours.letters(edition) == {"": "A", "mega": "M", "medium": "ME", "a": "A2"}


def test_laureates_do_not_come_out_before_the_places(rating, staff):
    moment = timezone.now() + datetime.timedelta(days=5)
    edition = make_sealed(sealed(rating), published_at=moment).edition
    kept = honours.draft(edition, staff[0])
    results = Results.objects.get(round=kept.round)
    assert results.published_at == moment

    results.published_at = timezone.now()
    results.save()

    with pytest.raises(ReleaseRefused) as refused:
        releasing.ask(results, staff[0])
    assert refused.value.reasons == [
        "The places of the rating are public later than its laureates would be."
    ]


def test_embargo_is_not_put_off_behind_released_laureates(rating, staff):
    moment = timezone.now() + datetime.timedelta(days=5)
    seal = make_sealed(sealed(rating), published_at=moment)
    results = Results.objects.get(round=honours.draft(seal.edition, staff[0]).round)
    releasing.ask(results, staff[0])
    releasing.release(results, staff[1])

    with pytest.raises(sealing.SealRefused, match="take their release back"):
        sealing.move(seal, moment + HOUR, staff[0])


def test_round_and_results_follow_the_embargo(rating, staff):
    moment = timezone.now() + datetime.timedelta(days=5)
    seal = make_sealed(sealed(rating), published_at=moment, by=staff)
    kept = honours.draft(seal.edition, staff[0])

    sealing.move(seal, moment + HOUR, staff[0])

    kept.round.refresh_from_db()
    assert kept.round.published_at == moment + HOUR
    assert Results.objects.get(round=kept.round).published_at == moment + HOUR


def test_unsealed_edition_and_rating_without_award_are_refused(rating, staff):
    with pytest.raises(HonoursRefused, match="not sealed yet"):
        honours.draft(sealed(rating), staff[0])
    with pytest.raises(HonoursRefused, match="under which award"):
        honours.draft(make_sealed().edition, staff[0])


def test_news_draft_is_written_once_in_both_languages(rating, staff):
    edition = make_sealed(sealed(rating)).edition

    article = news_draft.write(edition, staff[0])

    assert news_draft.write(edition, staff[1]) == article
    assert (Article.objects.count(), article.status) == (1, "draft")
    assert article.title_en == f"{edition.title_en}: the results"
    assert article.lead_en == "3 cities have a place. First: Bishkek."
    assert "1st place: Bishkek, score 100.00" in article.body_en
    assert f"/en/ratings/{edition.rating.slug}/{edition.slug}/results/" in article.body_en
    assert "Бишкек" in article.body_ru
    assert set(article.members.values_list("slug", flat=True)) == {"bishkek", "izmir"}


def test_news_draft_escapes_names(rating, staff):
    edition = make_answered(sealed(rating))
    Member.objects.filter(slug="bishkek").update(name_ru="<b>Бишкек", name_en="<b>Bishkek</b>")

    article = news_draft.write(make_sealed(edition).edition, staff[0])

    assert "&lt;b&gt;Bishkek" in article.body_en


def test_chronicle_has_public_places_in_one_query(rating):
    seal = make_sealed(sealed(rating, title_en="Rating 2026"))
    bishkek = seal.edition.responses.get(member__slug="bishkek").member
    known = make_known(rank=2)
    known.edition.title_en = "Rating 2016"
    known.edition.save()

    with CaptureQueriesContext(connection) as queries:
        rows = list(ranked(bishkek))

    assert len(queries) == 1
    assert sorted((one.title, one.precision, one.kind) for one in rows) == [
        ("Rating 2016: 2nd place", "year", "rank"), ("Rating 2026: 1st place", "day", "rank"),
    ]  # fmt: skip
    assert {one.day for one in rows} == {datetime.date(2016, 1, 1), timezone.localdate()}


def test_chronicle_is_silent_before_the_embargo(rating):
    seal = make_sealed(sealed(rating), published_at=timezone.now() + HOUR)
    bishkek = seal.edition.responses.get(member__slug="bishkek").member

    assert list(_ranked(bishkek)) == []
    assert Standing.objects.filter(member=bishkek).count() == 1


def _ranked(member):
    return [one for one in activity.activities_of(member) if one.kind == activity.Kind.RANK]
