"""Answers by letter: typed in with the scan, also late with a reason, never over a city."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from content.models import AuditEntry, PrivateFile
from members.tests.factories import make_country, make_member
from questionnaires import proofs
from questionnaires.models import Answer, AnswerChange, Evidence, Response
from questionnaires.tests.factories import make_response, make_sent
from ratings.models import Edition, Indicator
from ratings.tests.factories import make_full_edition

pytestmark = pytest.mark.django_db
State = Response.State


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return make_full_edition(admits_guests=True)


@pytest.fixture
def desk(client_of, ratings_officer):
    client = client_of(ratings_officer)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def city(edition) -> Response:
    return make_response(edition, make_member("osh", "Ош", "Osh"))


def page(response) -> str:
    return reverse("admin:questionnaires_response_letter", args=[response.pk])


def scan(name="letter.pdf", data=b"%PDF-1.7 letter") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def typed(response, deed="keep", **answers) -> dict:
    """What the page posts: the letter, its scan, and answers by code."""
    keys = dict(Indicator.objects.filter(edition=response.edition).values_list("code", "pk"))
    versions = dict(response.answers.values_list("indicator__code", "version"))
    data = {"details": "Mayor’s office, 5 May, No. 12", "scan": scan(), deed: "yes"}
    data |= {f"version_{pk}": versions.get(code, 0) for code, pk in keys.items()}
    return data | {f"answer_{keys[code]}": value for code, value in answers.items()}


def test_letter_is_kept_and_sent_in_the_citys_name(desk, city, ratings_officer):
    assert desk.get(page(city)).status_code == 200
    desk.post(page(city), typed(city, "send", P1="1 234", E1="0"))
    city.refresh_from_db()
    assert (city.state, city.submitted_by) == (State.SUBMITTED, ratings_officer)
    assert city.letter_details == "Mayor’s office, 5 May, No. 12"
    numbers = dict(city.answers.values_list("indicator__code", "number"))
    assert numbers == {"P1": Decimal(1234), "E1": Decimal(0)}
    assert {one.deed for one in AnswerChange.objects.all()} == {"letter"}
    letter = desk.get(reverse("admin:questionnaires_response_file", args=[city.pk, city.letter_id]))
    assert b"".join(letter.streaming_content) == b"%PDF-1.7 letter"
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"questionnaires.letter", "questionnaires.sent"} <= verbs


def test_letter_can_be_kept_first_and_sent_later(desk, city):
    desk.post(page(city), typed(city, P1="3"))
    city.refresh_from_db()
    assert city.state == State.DRAFT
    data = typed(city, "send", P1="4")
    del data["scan"]
    desk.post(page(city), data)
    city.refresh_from_db()
    assert city.state == State.SUBMITTED
    assert city.answers.get().number == Decimal(4)


def test_bad_numbers_keep_everything_from_being_kept(desk, city):
    html = desk.post(page(city), typed(city, P1="many", E1="5")).content.decode()
    assert 'value="many"' in html
    assert 'value="5"' in html
    assert not Answer.objects.exists()
    assert not PrivateFile.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scan": ""}, "Attach the scan of the letter."),
        ({"details": ""}, "This field is required."),
        ({"scan": scan("letter.exe", b"MZ")}, "Files of this kind are not taken."),
    ],
)
def test_letter_has_details_and_a_scan(desk, city, change, said):
    html = desk.post(page(city), typed(city, P1="3") | change).content.decode()
    assert said in html
    assert not Answer.objects.exists()


def test_after_the_deadline_it_is_said_why_the_letter_counts(desk, city):
    Edition.objects.update(closes_at=timezone.now())
    html = desk.post(page(city), typed(city, "send", P1="3")).content.decode()
    assert "The deadline is past. Say why the letter still counts." in html
    desk.post(page(city), typed(city, "send", P1="3") | {"reason": "Posted in time"})
    city.refresh_from_db()
    assert city.state == State.SUBMITTED
    entry = AuditEntry.objects.get(verb="questionnaires.letter")
    assert entry.summary == "Ош: Mayor’s office, 5 May, No. 12 (Posted in time)"


def test_letter_proves_what_has_to_be_proved(desk, city):
    Indicator.objects.filter(code="P1").update(evidence="required")
    desk.post(page(city), typed(city, "send", P1="3", E1="1"))
    city.refresh_from_db()
    assert city.state == State.SUBMITTED
    (proof,) = Evidence.objects.all()
    assert (proof.answer.indicator.code, proof.file) == ("P1", city.letter)


def test_letter_stays_when_the_city_takes_it_out_as_a_proof(desk, city):
    Indicator.objects.filter(code__in=["P1", "E1"]).update(evidence="required")
    desk.post(page(city), typed(city, P1="3", E1="1"))
    city.refresh_from_db()
    for proof in Evidence.objects.all():
        proofs.drop(city, proof.pk, proof.added_by)
    assert (Evidence.objects.count(), PrivateFile.objects.get()) == (0, city.letter)


def test_letter_never_goes_over_what_the_city_has_sent_itself(desk, edition):
    sent = make_sent(edition, {"P1": 3}, member=make_member("ufa", "Уфа", "Ufa"))
    html = desk.get(page(sent), follow=True).content.decode()
    assert "The city has sent the questionnaire itself." in html
    desk.post(page(sent), typed(sent, P1="9"))
    assert sent.answers.get().number == Decimal(3)


def test_answer_that_somebody_saved_meanwhile_is_not_written_over(desk, city):
    data = typed(city, P1="3")
    Answer.objects.create(response=city, indicator=Indicator.objects.get(code="P1"), number=8)
    html = desk.post(page(city), data).content.decode()
    assert "Somebody saved another answer meanwhile." in html
    assert Answer.objects.get().number == Decimal(8)


def test_no_such_figure_and_a_text_come_by_letter_too(desk, city):
    Indicator.objects.filter(code="E1").update(kind="text", weight=0)
    unknown = Indicator.objects.get(code="P1").pk
    desk.post(page(city), typed(city, E1="A festival") | {f"unknown_{unknown}": "on"})
    said = dict(city.answers.values_list("indicator__code", "text"))
    assert said == {"P1": "", "E1": "A festival"}
    assert city.answers.get(indicator__code="P1").is_unknown


def test_nothing_comes_by_letter_once_the_edition_is_sealed(desk, city):
    Edition.objects.update(sealed_at=timezone.now())
    assert desk.post(page(city), typed(city, P1="3")).status_code == 302
    assert not Answer.objects.exists()


def test_staff_begin_for_a_member_and_for_a_guest(desk, edition):
    osh = make_member("osh", "Ош", "Osh")
    address = reverse("admin:questionnaires_response_begin", args=[edition.pk, osh.pk])
    assert desk.get(address).status_code == 302
    assert not Response.objects.exists()
    answer = desk.post(address)
    begun = Response.objects.get()
    assert answer["Location"] == page(begun)
    guest = Response.objects.create(
        edition=edition, name_en="Izmir", is_guest=True,
        country=make_country("TR", "Турция", "Turkey", is_in_region=False),
    )  # fmt: skip
    desk.post(page(guest), typed(guest, "send", P1="7"))
    guest.refresh_from_db()
    assert guest.state == State.SUBMITTED


def test_city_that_was_left_out_is_taken_back_first(desk, city):
    Response.objects.update(state="left_out", left_out_reason="Late")
    html = desk.get(page(city), follow=True).content.decode()
    assert "The city is left out of the rating. Take it back first." in html
    assert city.created_at < timezone.now() + datetime.timedelta(seconds=1)
