"""Taking an offer over: by a click alone, with its proof, over nobody's answer unseen."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from members.tests.factories import make_member, make_representative
from partnerships.tests.factories import make_city, make_partnership
from questionnaires.models import Answer, AnswerChange, Response
from questionnaires.sheet import token
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_edition, make_group, make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def kazan():
    member = make_member()
    make_partnership(member, make_city())
    return member


@pytest.fixture
def edition() -> Edition:
    row = make_edition(
        period_starts_on=datetime.date(2025, 1, 1), period_ends_on=datetime.date(2025, 12, 31)
    )
    group = make_group(row)
    make_indicator(group, "P1", offered_from="partnerships", order=1)
    make_indicator(group, "P2", order=2)
    return row


@pytest.fixture
def rep(client_of, make_user, kazan):
    user = make_user("kazan@example.org", language="en")
    make_representative(user, kazan)
    return client_of(user)


def of(edition, code="P1") -> Indicator:
    return Indicator.objects.get(edition=edition, code=code)


def section(edition, member) -> str:
    return reverse("questionnaires:section", args=[member.slug, edition.pk, "P"])


def take(edition, member, code="P1") -> str:
    keys = [member.slug, edition.pk, "P", of(edition, code).pk]
    return reverse("questionnaires:take_offer", args=keys)


def test_offer_stands_beside_its_question_and_answers_nothing_by_itself(rep, edition, kazan):
    html = rep.get(section(edition, kazan)).content.decode()
    assert "The portal knows 1: sister cities" in html
    assert f'formaction="{take(edition, kazan)}"' in html
    assert html.count('class="offer"') == 1
    assert not Answer.objects.exists()


def test_offer_is_taken_over_by_a_click_with_its_proof(rep, edition, kazan):
    answer = rep.post(take(edition, kazan), {f"t{of(edition).pk}": token(of(edition), None)})
    assert answer.status_code == 302
    assert answer["Location"].partition("#")[0] == section(edition, kazan)
    kept = Answer.objects.get()
    assert kept.number == Decimal(1)
    assert (kept.offered["source"], kept.offered["value"]) == ("partnerships", "1")
    assert [one["title_en"] for one in kept.offered["items"]] == ["Zhenjiang"]
    assert [one.deed for one in AnswerChange.objects.all()] == ["offered"]
    assert "Taken over from the portal." in rep.get(section(edition, kazan)).content.decode()


def test_what_is_typed_elsewhere_on_the_page_is_kept_with_it(rep, edition, kazan):
    first, second = of(edition), of(edition, "P2")
    typed = {
        f"t{first.pk}": token(first, None), f"a{first.pk}": "99",
        f"t{second.pk}": token(second, None), f"a{second.pk}": "12",
    }  # fmt: skip
    rep.post(take(edition, kazan), typed)
    numbers = dict(Answer.objects.values_list("indicator__code", "number"))
    assert numbers == {"P1": Decimal(1), "P2": Decimal(12)}


def test_rat_5_offer_is_not_taken_over_an_answer_that_was_not_seen(rep, edition, kazan, make_user):
    response = Response.objects.create(edition=edition, member=kazan, population=1000)
    Answer.objects.create(
        response=response, indicator=of(edition), number=5,
        updated_by=make_user(full_name="Olga"),
    )  # fmt: skip
    seen = {f"t{of(edition).pk}": token(of(edition), None)}
    html = rep.post(take(edition, kazan), seen).content.decode()
    assert "Olga saved another answer at" in html
    assert Answer.objects.get().number == Decimal(5)
    now = {f"t{of(edition).pk}": token(of(edition), Answer.objects.get())}
    rep.post(take(edition, kazan), now)
    assert Answer.objects.get().number == Decimal(1)


def test_offer_that_is_gone_is_not_taken(rep, edition, kazan):
    kazan.partnerships_a.all().delete()
    html = rep.post(take(edition, kazan), {}, follow=True).content.decode()
    assert "The portal knows nothing for this question any more." in html
    assert not Answer.objects.exists()


def test_after_the_deadline_nothing_is_offered_or_taken(rep, edition, kazan):
    Response.objects.create(edition=edition, member=kazan)
    Edition.objects.update(closes_at=edition.opens_at + datetime.timedelta(hours=1))
    assert 'class="offer"' not in rep.get(section(edition, kazan)).content.decode()
    rep.post(take(edition, kazan), {f"t{of(edition).pk}": token(of(edition), None)})
    assert not Answer.objects.exists()


def test_other_questions_and_other_cities_take_nothing(rep, edition, kazan):
    other = make_member("ufa", "Уфа", "Ufa")
    assert rep.post(take(edition, other)).status_code == 404
    assert rep.get(take(edition, kazan)).status_code == 302
    elsewhere = make_indicator(make_group(edition, "Q"), "Q1")
    keys = [kazan.slug, edition.pk, "P", elsewhere.pk]
    assert rep.post(reverse("questionnaires:take_offer", args=keys)).status_code == 404
