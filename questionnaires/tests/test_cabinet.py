"""The questionnaire in the cabinet: several hands, bad input, a sign-in that ran out."""

import datetime
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from content.models import PrivateFile
from members.models import Member
from members.tests.factories import make_member
from questionnaires import offers
from questionnaires.models import Answer, AnswerChange, Evidence, Response
from questionnaires.tests.factories import make_response, make_sent
from questionnaires.tests.pages import address, by_script, of, opened, person, stored, tokens, typed
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_edition, make_full_edition, make_group, make_indicator

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


def test_rat_5_three_departments_and_one_signature(client, edition, city):
    people = [person(city, name) for name in ("economy", "culture", "protocol")]
    signer = person(city, "mayor", "signatory")
    for user, code, values in zip(
        people, ("P", "P", "E"), ({"P1": "12"}, {"P2": "3"}, {"E1": "7"}), strict=True
    ):
        client.force_login(user)
        seen = opened(client, edition, code)
        client.post(address(edition, "section", code), seen | typed(edition, **values))
    whole = client.get(address(edition, "questionnaire")).content.decode()
    assert "3 of 3 answers" in whole
    who = AnswerChange.objects.order_by("pk").values_list(
        "answer__indicator__code", "by__full_name"
    )
    assert list(who) == [("P1", "Economy"), ("P2", "Culture"), ("E1", "Protocol")]

    assert "Send the questionnaire</button>" not in whole
    key = {"deed": "send", "form_key": "5f1c1f64-0000-4000-8000-000000000001"}
    answer = client.post(address(edition, "questionnaire"), key, follow=True).content.decode()
    assert "The questionnaire is sent by those who sign for the city" in answer
    assert Response.objects.get().state == "draft"

    client.force_login(signer)
    whole = client.get(address(edition, "questionnaire")).content.decode()
    assert "Send the questionnaire</button>" in whole
    sent = client.post(address(edition, "questionnaire"), key, follow=True).content.decode()
    assert "The questionnaire is sent. A PDF of it is kept here" in sent
    assert (Response.objects.get().state, Response.objects.get().submitted_by) == (
        "submitted", signer,
    )  # fmt: skip

    Edition.objects.update(closes_at=timezone.now())
    section = client.get(address(edition, "section", "P")).content.decode()
    assert "<strong>12</strong>" in section
    assert (tokens(section), "<textarea" in section) == ({}, False)
    data = typed(edition, P1="99", P1_t="1.opened-before")
    late = client.post(address(edition, "section", "P"), data).content.decode()
    assert "Answers were taken until" in late
    assert "<strong>99</strong>" in late
    assert "Not saved yet." in late
    assert stored("P1")[0] == 12


def test_rat_5_the_second_sees_the_first_and_chooses(client, edition, city, contributor):
    client.force_login(contributor)
    seen = opened(client, edition)
    other = person(city, "timur")
    client.force_login(other)
    client.post(address(edition, "section", "P"), opened(client, edition) | typed(edition, P1="9"))
    client.force_login(contributor)
    again = client.post(
        address(edition, "section", "P"), seen | typed(edition, P1="12", P2="5")
    ).content.decode()
    time = f"{timezone.localtime(Answer.objects.get(indicator__code='P1').saved_at):%H:%M}"
    assert f"Timur saved another answer at {time}: “9”." in again
    assert 'value="12"' in again
    assert (stored("P1")[0], stored("P2")[0]) == (9, 5)

    kept = tokens(again) | typed(edition, P1="12", P2="5")
    taken = client.post(
        address(edition, "section", "P"), kept | {"take": of(edition, "P1").pk}, follow=True
    ).content.decode()
    assert 'value="9"' in taken
    assert stored("P1")[0] == 9
    client.post(address(edition, "section", "P"), kept)
    assert stored("P1")[0] == 12


def test_rat_5_a_script_is_told_of_a_conflict(client, edition, city, contributor):
    client.force_login(contributor)
    seen = opened(client, edition)[f"t{of(edition, 'P1').pk}"]
    first = by_script(client, edition, "P1", seen, P1="12 тыс.", P1_c="All").json()
    assert first["kept"] is True
    assert (first["value"], first["said"], first["token"][:2]) == (
        "12000", "Understood as 12,000. Correct it if you meant another number.", "1.",
    )  # fmt: skip
    client.force_login(person(city, "timur"))
    second = by_script(client, edition, "P1", seen, P1="3").json()
    assert second["kept"] is False
    conflict = second["conflict"]
    assert (conflict["text"], conflict["by"], conflict["value"], conflict["comment"]) == (
        "12,000", "Elena", "12000", "All",
    )  # fmt: skip
    third = by_script(client, edition, "P1", conflict["token"], P1="3", P1_c="Ours").json()
    assert (third["kept"], stored("P1")) == (True, (3, False, "Ours"))
    untouched = by_script(client, edition, "P1", third["token"], P1="3", P1_c="Ours").json()
    assert (untouched["kept"], AnswerChange.objects.count()) == (True, 2)


def test_what_nobody_touched_is_no_conflict(client, edition, city, contributor):
    client.force_login(contributor)
    seen = opened(client, edition)
    client.force_login(person(city, "timur"))
    client.post(address(edition, "section", "P"), opened(client, edition) | typed(edition, P1="9"))
    client.force_login(contributor)
    data = seen | typed(edition, P1="", P2="5")
    assert client.post(address(edition, "section", "P"), data).status_code == 302
    assert (stored("P1")[0], stored("P2")[0]) == (9, 5)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("половина", "Write one number in digits, such as 12 or 1.5, without words."),
        ("1e400", "Write one number in digits, such as 12 or 1.5, without words."),
        ("-5", "This cannot be below zero."), ("1,5", "A whole number is asked here"),
        ("140 %", "A number is asked here, not a share"),
        ("1.234,5", "“1.234,5” can be read in two ways. Write 1234.5"),
    ],
)  # fmt: skip
def test_bad_input_is_said_beside_its_field_and_kept(page, edition, value, sentence):
    data = opened(page, edition) | typed(edition, P1=value, P2="5", P1_c="Why")
    html = page.post(address(edition, "section", "P"), data).content.decode()
    assert sentence in html
    assert f'value="{value}"' in html
    assert ">Why</textarea>" in html
    assert "One answer is not saved yet" in html
    assert list(Answer.objects.values_list("indicator__code", "number")) == [("P2", 5)]


def test_a_text_of_20_000_characters_is_refused_and_kept(page):
    edition = make_edition()
    make_indicator(make_group(edition), "P1", kind="text", weight=0)
    data = opened(page, edition) | typed(edition, P1="ы" * 20_000)
    html = page.post(address(edition, "section", "P"), data).content.decode()
    assert "At most 5,000 characters; there are 20,000. Make it shorter." in html
    assert "ы" * 20_000 in html
    assert not Answer.objects.exists()


def test_the_button_leads_to_the_next_section(page, edition):
    seen = opened(page, edition)
    html = page.get(address(edition, "section", "P")).content.decode()
    assert "Save and go to section 2" in html
    found = page.post(address(edition, "section", "P"), seen | typed(edition, P1="1 234"))
    assert found.url == address(edition, "section", "E")
    assert stored("P1")[0] == 1234
    last = page.post(address(edition, "section", "E"), opened(page, edition, "E"))
    assert last.url == address(edition, "questionnaire")


def test_no_such_figure_is_an_answer(page, edition):
    page.post(
        address(edition, "section", "P"), opened(page, edition) | typed(edition, P1="", P1_u="yes")
    )
    assert stored("P1") == (None, True, "")
    html = page.get(address(edition, "section", "P")).content.decode()
    assert "1 of 3 answers" in html


def test_a_sign_in_that_ran_out_loses_nothing(client, edition, city, contributor):
    client.force_login(contributor)
    seen = opened(client, edition)
    session = client.session
    session.flush()
    answer = client.post(address(edition, "section", "P"), seen | typed(edition, P1="77"))
    assert answer.status_code == 302
    assert "/accounts/" in answer.url
    assert not Answer.objects.exists()
    client.force_login(contributor)
    html = client.get(address(edition, "section", "P")).content.decode()
    assert 'value="77"' in html
    assert "Not saved yet." in html
    assert 'value="77"' not in client.get(address(edition, "section", "P")).content.decode()


def test_strangers_fill_no_database_with_sessions(client, edition, city, settings, monkeypatch):
    limits = {"typed_while_signed_out": "2/h/ip"}
    monkeypatch.setattr("allauth.account.app_settings.RATE_LIMITS", limits, raising=False)
    made = []
    for _number in range(3):
        client.cookies.clear()
        client.cookies["sessionid"] = "made-up"
        client.post(address(edition, "section", "P"), typed(edition, P1="77"))
        made.append(Session.objects.count())
    assert made == [1, 2, 2]


def test_no_questionnaire_is_begun_outside_the_window(client, edition, city, signer):
    now = timezone.now()
    client.force_login(signer)
    for change in ({"closes_at": now}, {"closes_at": now, "sealed_at": now}):
        Edition.objects.filter(pk=edition.pk).update(**change)
        for answer in (
            client.post(address(edition, "section", "P"), typed(edition, P1="7"), follow=True),
            by_script(client, edition, "P1", "0.", P1="7"),
            client.post(address(edition, "questionnaire"), {"deed": "take_back"}, follow=True),
        ):
            assert answer.status_code == 200
            assert not Response.objects.exists()


def test_a_script_learns_that_the_sign_in_ran_out(client, edition, city):
    answer = by_script(client, edition, "P1", "0.", P1="1")
    assert answer.status_code == 302


def test_strangers_learn_nothing(client, edition, city):
    stranger = person(make_member("ufa", "Уфа", "Ufa"), "stranger")
    client.force_login(stranger)
    for name, args in (
        ("questionnaire", ()), ("section", ("P",)), ("empty", ()), ("sent", ()), ("proof", (1,)),
    ):  # fmt: skip
        assert client.get(address(edition, name, *args)).status_code == 404
    assert by_script(client, edition, "P1", "0.", P1="1").status_code == 404


def test_an_edition_that_is_not_open_yet_is_not_there(page, edition):
    Edition.objects.update(opens_at=timezone.now() + datetime.timedelta(days=1))
    assert page.get(address(edition, "questionnaire")).status_code == 404
    Edition.objects.update(opens_at=timezone.now(), opened_at=None)
    assert page.get(address(edition, "questionnaire")).status_code == 404


def test_unknown_sections_and_questions_are_not_found(page, edition):
    assert page.get(address(edition, "section", "Z9")).status_code == 404
    headers = {"X-Requested-With": "fetch"}
    for key in ("", "x", "9" * 30, of(make_full_edition(), "P1").pk):
        found = page.post(address(edition, "section", "P"), {"question": key}, headers=headers)
        assert found.status_code == 404


def test_proofs_are_files_and_links(page, edition):
    upload = SimpleUploadedFile("report.pdf", PDF)
    data = opened(page, edition) | typed(
        edition, P1="3", P1_f=upload, P2_l="example.org/report", P2="1"
    )
    page.post(address(edition, "section", "P"), data)
    rows = Evidence.objects.order_by("answer__indicator__code").values_list("title", "link")
    assert list(rows) == [("report.pdf", ""), ("", "https://example.org/report")]
    proof = Evidence.objects.get(link="")
    sent = page.get(address(edition, "proof", proof.pk))
    assert b"".join(sent.streaming_content) == PDF
    page.post(address(edition, "section", "P"), opened(page, edition) | {"drop": proof.pk})
    assert (Evidence.objects.count(), PrivateFile.objects.count()) == (1, 0)
    reasons = AnswerChange.objects.filter(reason__startswith="Proof").order_by("pk")
    assert list(reasons.values_list("reason", flat=True)) == [
        "Proof added: report.pdf", "Proof added: https://example.org/report",
        "Proof taken out: report.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tool.exe", b"MZ\x90", "Files of this kind are not taken."),
        ("tool.pdf", b"MZ\x90", "The content of the file is not what its name says."),
    ],
)
def test_an_executable_is_refused_and_the_answer_kept(page, edition, name, content, sentence):
    upload = SimpleUploadedFile(name, content)
    data = opened(page, edition) | typed(edition, P1="3", P1_f=upload)
    html = page.post(address(edition, "section", "P"), data).content.decode()
    assert sentence in html
    assert (stored("P1")[0], Evidence.objects.exists()) == (3, False)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a", "no page"])
def test_a_link_leads_to_a_page(page, edition, link):
    data = opened(page, edition) | typed(edition, P1_l=link)
    html = page.post(address(edition, "section", "P"), data).content.decode()
    assert "Give the address of a page, such as https://example.org/report." in html
    assert not Evidence.objects.exists()


def test_a_script_sends_a_proof_and_goes_on(page, edition):
    seen = opened(page, edition)[f"t{of(edition, 'P1').pk}"]
    found = by_script(page, edition, "P1", seen, P1_l="https://example.org/").json()
    assert "https://example.org/" in found["proofs"]
    kept = by_script(page, edition, "P1", found["token"], P1="4").json()
    assert (kept["kept"], stored("P1")[0]) == (True, 4)
    refused = by_script(page, edition, "P1", kept["token"], P1="4", P1_l="x y").json()
    assert refused["proof_error"].startswith("Give the address of a page")


def test_an_offer_is_taken_over_with_its_proof(page, edition, city):
    items = [offers.Item(title_en=f"Thing {number}") for number in (1, 2)]
    offers.register("things", "things counted", lambda member, period: items)
    Indicator.objects.filter(edition=edition, code="P1").update(offered_from="things")
    html = page.get(address(edition, "section", "P")).content.decode()
    assert "Take over 2</button>" in html
    take = address(edition, "take_offer", "P", of(edition, "P1").pk)
    data = tokens(html) | typed(edition, P1="7", P2="1")
    assert page.post(take, data).url.startswith(address(edition, "section", "P"))
    answer = Answer.objects.get(indicator__code="P1")
    assert (answer.number, stored("P2")[0]) == (2, 1)
    assert len(answer.offered["items"]) == 2
    assert answer.changes.get().deed == "offered"
    items.clear()
    html = page.post(take, opened(page, edition)).content.decode()
    assert "The portal knows nothing for this question any more." in html
    offers._sources.pop("things")


def test_the_last_edition_stands_beside_with_a_word_on_jumps(page, edition, city):
    earlier = make_full_edition(rating=edition.rating, year=2024)
    make_sent(earlier, {"P1": 4, "P2": 5}, member=city)
    response = make_response(edition, city)
    Answer.objects.create(response=response, indicator=of(edition, "P1"), number=40)
    html = page.get(address(edition, "section", "P")).content.decode()
    assert "Last edition: 4" in html
    assert "Last edition: 5" in html
    assert html.count('class="q-jump"') == 1
    assert "10 times the number of the last edition, 4" in html


def test_editions_are_listed_open_and_past(page, edition, city):
    past = make_full_edition(
        rating=edition.rating, year=2024, closes_at=timezone.now() - datetime.timedelta(hours=1)
    )
    make_sent(past, {"P1": 4}, member=city)
    make_full_edition(year=2020, closes_at=timezone.now() - datetime.timedelta(hours=2))
    with translation.override("en"):
        html = page.get(reverse("questionnaires:cabinet", args=["kazan"])).content.decode()
    found = re.findall(r"/ratings/(\d+)/", html)
    assert found == [str(edition.pk), str(past.pk)]
    assert ("Not begun" in html, "Sent" in html) == (True, True)


def test_an_answer_by_script_takes_few_queries(page, edition, django_assert_max_num_queries):
    seen = opened(page, edition)[f"t{of(edition, 'P1').pk}"]
    first = by_script(page, edition, "P1", seen, P1="4").json()
    # Six to sign in and to find the question, seven to save; two are of this test.
    with django_assert_max_num_queries(15):
        by_script(page, edition, "P1", first["token"], P1="5")


def test_a_section_takes_as_many_queries_with_60_questions(
    page, city, django_assert_max_num_queries
):
    edition = make_edition()
    group = make_group(edition)
    response = make_response(edition, city)

    def fill(first, last):
        for number in range(first, last):
            one = make_indicator(group, f"P{number}", order=number)
            answer = Answer.objects.create(response=response, indicator=one, number=number)
            answer.evidence.create(link=f"https://example.org/{number}")

    fill(0, 10)
    page.get(address(edition, "section", "P"))
    with django_assert_max_num_queries(40) as few:
        page.get(address(edition, "section", "P"))
    fill(10, 60)
    with django_assert_max_num_queries(len(few)):
        page.get(address(edition, "section", "P"))
