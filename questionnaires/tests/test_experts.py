"""Experts: where they come to, how they are invited; a city's page of questions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import landing
from accounts.models import Invitation
from accounts.tests.factories import make_representative, make_user
from mailing.models import Message
from members.attention import attention_for
from questionnaires import asking
from questionnaires.models import Expert
from questionnaires.tests.checks import make_checked, make_city, make_expert, of
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(db):
    return make_full_edition()


@pytest.fixture
def city(edition):
    return make_checked(edition)


@pytest.fixture
def checker(edition):
    return make_expert(edition)


def test_experts_come_to_their_page_after_sign_in(edition, city, checker):
    assert landing.url_for(checker.user) == "/ru/checking/"
    assert landing.url_for(make_user()) == ""
    rep = make_representative(make_city())
    Expert.objects.create(edition=edition, user=rep)
    member = rep.mandates.get().member
    (task,) = [one for one in attention_for(member, rep) if "/checking/" in one.url]
    assert task.url == f"/ru/checking/{edition.pk}/"


def invite(client, edition, **typed):
    values = {"edition": edition.pk, "email": "nina@example.org", "full_name": "Нина Орлова",
              "language": "ru"}  # fmt: skip
    return client.post(reverse("admin:questionnaires_expert_add"), values | typed)


def test_expert_is_invited_by_mail(edition, city, client_of, ratings_officer):
    groups = [one.pk for one in edition.groups.filter(code="E")]
    response = invite(
        client_of(ratings_officer), edition, groups=groups, home=city.member.pk
    )  # fmt: skip

    assert response.status_code == 302
    expert = Expert.objects.get()
    assert (expert.user.email, expert.home, [one.pk for one in expert.groups.all()]) == (
        "nina@example.org", city.member, groups,
    )  # fmt: skip
    assert Invitation.objects.get().role == "expert"
    assert [one.kind for one in Message.objects.all()] == ["accounts.invitation"]


def test_expert_with_an_account_is_told_and_nobody_twice(edition, client_of, ratings_officer):
    make_user("nina@example.org")
    client = client_of(ratings_officer)
    invite(client, edition)
    (letter,) = Message.objects.all()
    assert "/ru/checking/" in letter.text_body
    again = invite(client, edition, email="NINA@example.org")
    assert set(again.context["adminform"].form.errors) == {"email"}
    other = make_full_edition().groups.first()
    foreign = invite(client, edition, email="two@example.org", groups=[other.pk])
    assert set(foreign.context["adminform"].form.errors) == {"groups"}
    assert Expert.objects.count() == 1


def asked_page(response) -> str:
    return reverse("questionnaires:asked", args=[response.member.slug, response.pk])


def test_city_replies_in_its_cabinet(edition, city, checker, client_of):
    answer = of(city)
    asking.ask_back(checker, answer.pk, 1, "How did you count?")
    client = client_of(make_representative(city.member))
    html = client.get(asked_page(city)).content.decode()
    assert "How did you count?" in html

    name = f"q{answer.pk}"
    wrong = client.post(
        asked_page(city), {"answer": answer.pk, f"{name}-text": "So", f"{name}-value": "many"}
    )
    assert wrong.status_code == 200
    assert set(wrong.context["refused"].errors) == {"value"}
    assert "So</textarea>" in wrong.content.decode()
    given = {"answer": answer.pk, f"{name}-text": "Two more", f"{name}-value": "5",
             f"{name}-link": "https://example.org/list"}  # fmt: skip
    assert client.post(asked_page(city), given).status_code == 302
    assert (of(city).number, of(city).check_state) == (5, "waiting")
    again = client.post(asked_page(city), given, follow=True)
    assert answer.notes.count() == 2
    assert list(again.context["rows"]) == []


def test_executable_is_no_proof(city, checker, client_of):
    answer = of(city)
    asking.ask_back(checker, answer.pk, 1, "How did you count?")
    client = client_of(make_representative(city.member))
    name = f"q{answer.pk}"
    sent = client.post(
        asked_page(city),
        {"answer": answer.pk, f"{name}-text": "So",
         f"{name}-file": SimpleUploadedFile("report.exe", b"MZ")},
    )  # fmt: skip
    assert set(sent.context["refused"].errors) == {"file"}
    assert of(city).check_state == "asked"


def test_questions_are_for_the_city_alone(edition, city, checker, client_of):
    asking.ask_back(checker, of(city).pk, 1, "How did you count?")
    stranger = make_representative(make_city())
    assert client_of(stranger).get(asked_page(city)).status_code == 404
    other = make_checked(edition)
    address = reverse("questionnaires:asked", args=[city.member.slug, other.pk])
    rep = make_representative(city.member)
    assert client_of(rep).get(address).status_code == 404
