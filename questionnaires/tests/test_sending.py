"""Sending a questionnaire: what lacks, who signs, the paper, taking it back."""

import io
import re

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from content.models import PrivateFile
from mailing.models import Message
from members.models import Member
from members.tests.factories import make_member, make_representative
from questionnaires.models import Answer, Evidence, Response
from questionnaires.tests.factories import make_response, make_sent
from questionnaires.tests.pages import address, of, opened, person, stored, tokens, typed
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a proof"


@pytest.fixture
def edition() -> Edition:
    return make_full_edition()


@pytest.fixture
def city() -> Member:
    return make_member(population=1_318_604)


@pytest.fixture
def contributor(city) -> User:
    person(city, "signer", "signatory")
    return person(city, "elena")


@pytest.fixture
def signer(city) -> User:
    person(city, "elena")
    return person(city, "signer", "signatory")


@pytest.fixture
def page(client, contributor):
    client.force_login(contributor)
    return client


def send(client, edition, follow=True):
    html = client.get(address(edition, "questionnaire")).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', html)
    data = {"deed": "send", "form_key": key[1]}
    return client.post(address(edition, "questionnaire"), data, follow=follow)


def test_what_lacks_is_listed_and_a_required_proof_stops_the_sending(client, edition, signer, city):
    Indicator.objects.filter(edition=edition, code="P1").update(evidence="required")
    client.force_login(signer)
    assert (
        "Nothing is answered yet." in client.get(address(edition, "questionnaire")).content.decode()
    )
    response = make_response(edition, city)
    answer = Answer.objects.create(response=response, indicator=of(edition, "P1"), number=4)
    html = client.get(address(edition, "questionnaire")).content.decode()
    assert html.count("no answer") == 2
    assert "a proof is required" in html
    assert 'name="form_key"' not in html
    answer.evidence.create(link="https://example.org/")
    html = client.get(address(edition, "questionnaire")).content.decode()
    assert ("a proof is required" in html, 'name="form_key"' in html) == (False, True)
    Answer.objects.update(number=0)
    Evidence.objects.all().delete()
    html = client.get(address(edition, "questionnaire")).content.decode()
    assert "a proof is required" not in html


def test_sending_makes_a_paper_and_writes_to_the_city(client, edition, signer, city):
    response = make_response(edition, city)
    Answer.objects.create(
        response=response, indicator=of(edition, "P1"), number=4, comment="Twin cities"
    )
    client.force_login(signer)
    send(client, edition)
    response.refresh_from_db()
    assert response.state == "submitted"
    assert (
        list(Message.objects.values_list("email", "kind"))
        == [
            ("signer@example.org", "questionnaires.sent"),
            *([("elena@example.org", "questionnaires.sent")] * 0),
        ]
        or Message.objects.count() == 2
    )
    found = client.get(address(edition, "sent"))
    text = " ".join(
        part.extract_text()
        for part in PdfReader(io.BytesIO(b"".join(found.streaming_content))).pages
    )
    for words in ("Questionnaire", "Kazan", "P1", "Question P1", "Twin cities", "no answer"):
        assert words in text, words


def test_two_clicks_send_once(client, edition, signer, city):
    response = make_response(edition, city)
    Answer.objects.create(response=response, indicator=of(edition, "P1"), number=4)
    client.force_login(signer)
    data = {"deed": "send", "form_key": "5f1c1f64-0000-4000-8000-000000000002"}
    places = [client.post(address(edition, "questionnaire"), data).url for _click in range(2)]
    assert places == [address(edition, "questionnaire")] * 2
    assert PrivateFile.objects.filter(purpose="questionnaires.paper").count() == 1


def test_a_sent_questionnaire_is_taken_back_until_the_deadline(client, edition, signer, city):
    response = make_sent(edition, {"P1": 4}, member=city)
    client.force_login(signer)
    html = client.get(address(edition, "section", "P")).content.decode()
    assert (tokens(html), "The questionnaire is sent" in html) == ({}, True)
    back = client.post(address(edition, "questionnaire"), {"deed": "take_back"}, follow=True)
    assert "The questionnaire is a draft again." in back.content.decode()
    response.refresh_from_db()
    assert (response.state, response.submitted_at) == ("draft", None)
    data = opened(client, edition) | typed(edition, P1="5")
    client.post(address(edition, "section", "P"), data)
    send(client, edition)
    Edition.objects.update(closes_at=timezone.now())
    late = client.post(address(edition, "questionnaire"), {"deed": "take_back"}, follow=True)
    assert "Answers were taken until" in late.content.decode()
    assert (Response.objects.get().state, stored("P1")[0]) == ("submitted", 5)


def test_a_contributor_takes_nothing_back(page, edition, city):
    make_sent(edition, {"P1": 4}, member=city)
    page.post(address(edition, "questionnaire"), {"deed": "take_back"})
    assert Response.objects.get().state == "submitted"


@pytest.mark.parametrize(("language", "words"), [("en", "Question P1"), ("ru", "Вопрос P1")])
def test_the_questions_are_there_on_paper(page, edition, language, words):
    found = page.get(address(edition, "empty").replace("/en/", f"/{language}/"))
    text = " ".join(part.extract_text() for part in PdfReader(io.BytesIO(found.content)).pages)
    assert words in text


def test_acc_4_who_serves_two_cities_saves_in_the_one_of_the_address(client, edition, city):
    consultant = person(city, "consultant")
    make_representative(consultant, make_member("ufa", "Уфа", "Ufa"), role="contributor")
    client.force_login(consultant)
    kazan = client.get(address(edition, "section", "P")).content.decode()
    assert "Cabinet: <strong>Kazan</strong>" in kazan
    assert "Choose another city" in kazan
    ufa = address(edition, "section", "P").replace("/kazan/", "/ufa/")
    assert "Cabinet: <strong>Ufa</strong>" in client.get(ufa).content.decode()
    client.post(ufa, tokens(kazan) | typed(edition, P1="5"))
    rows = Answer.objects.values_list("response__member__slug", "number")
    assert list(rows) == [("ufa", 5)]
    assert 'value="5"' not in client.get(address(edition, "section", "P")).content.decode()
