"""MEM-1: the public application, through the screen."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from content import privatefiles, workqueue
from content.models import PrivateFile
from mailing.models import Message
from members.models import MembershipApplication
from members.tests.applicants import make_application, typed
from members.tests.factories import make_country, make_member

pytestmark = pytest.mark.django_db
PAGE = "/en/members/join/"
TOO_MANY = (
    "Too many applications came from your network or with this address. Try again later, or write "
    "to the secretariat."
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def errors_of(response) -> dict:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def pdf(name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 signed")


def test_mem_1_form_comes_back_with_all_text_and_one_message(client):
    sent = typed(population="")

    response = client.post(PAGE, sent)

    html = response.content.decode()
    assert errors_of(response) == {"population": ["Say how many people live there."]}
    shown = response.context["form"]
    kept = {name: shown[name].value() for name in sent if name not in ("population", "form_key")}
    assert kept == {name: sent[name] for name in kept} | {
        "charter_consent": True, "data_consent": True
    }  # fmt: skip
    assert re.findall(r'<(?:input|select|textarea) [^>]*name="(\w+)"[^>]*autofocus', html) == [
        "population"
    ]
    assert '<a href="#id_population">' in html
    assert MembershipApplication.objects.count() == 0


def test_mem_1_corrected_application_gets_number_mail_and_task(client, make_user, monkeypatch):
    lead = make_user("lead@example.org", roles=["lead"])

    response = client.post(PAGE, typed())

    application = MembershipApplication.objects.get()
    assert (application.serial, application.website, application.population) == (
        1, "https://jalal-abad.example.org", 123_000,
    )  # fmt: skip
    page = client.get(response["Location"])
    assert f"Its number is <strong>{application.number}</strong>" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    mail = Message.objects.get()
    assert (mail.email, mail.language, mail.subject) == (
        "mayor@jalal-abad.example.org", "en", f"Application No. {application.number} is received",
    )  # fmt: skip
    task = next(one for one in workqueue.queues_for(lead) if "applicat" in one.url)
    assert (task.count, str(task.note)) == (1, "To be put before the Council")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_mem_1_mail_begins_in_the_language_of_the_applicant(client, language):
    client.post(f"/{language}/members/join/", typed())

    mail = Message.objects.get()
    assert mail.language == language
    # One half in each language.
    assert mail.text_body.count(MembershipApplication.objects.get().number) >= 2


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({"website": "javascript:alert(1)"},
         {"website": ["Enter an address such as https://city.example"]}),
        ({"website": "ftp://city.example"},
         {"website": ["Enter an address such as https://city.example"]}),
        ({"population": "0"},
         {"population": ["Ensure this value is greater than or equal to 1."]}),
        ({"population": "12000000000"},
         {"population": ["Ensure this value is less than or equal to 100000000."]}),
        ({"population": "many"}, {"population": ["Enter a whole number, for example 561165."]}),
        ({"name_ru": "", "name_en": " "},
         {"name_ru": ["Give the name in Russian or in English."]}),
        ({"country": "999999"}, {"country": [
            "Choose a country of the region from the list. If yours is not there, write to the "
            "secretariat."
        ]}),
        ({"charter_consent": ""},
         {"charter_consent": ["Without this consent the application cannot be taken."]}),
        ({"company": "Spam Ltd"}, {"company": ["Leave this empty."]}),
        ({"email": "nobody"}, {"email": ["Enter a valid email address."]}),
    ],
)  # fmt: skip
def test_mem_1_wrong_fields_are_refused_beside_them(client, changed, problems):
    response = client.post(PAGE, typed(**changed))

    assert errors_of(response) == problems
    assert (MembershipApplication.objects.count(), Message.objects.count()) == (0, 0)


def test_country_outside_the_region_is_not_on_offer(client):
    abroad = make_country("FR", "Франция", "France", is_in_region=False)

    response = client.post(PAGE, typed(country=str(abroad.pk)))

    assert list(errors_of(response)) == ["country"]
    assert "France" not in [
        name for _pk, name in response.context["form"].fields["country"].choices
    ]


@pytest.mark.parametrize("kind", ["association", "associate"])
def test_associations_need_no_population(client, kind):
    assert client.post(PAGE, typed(kind=kind, population="")).status_code == 302


def test_mem_1_scan_of_300_mb_is_refused_before_anything_is_stored(client, monkeypatch):
    monkeypatch.setattr(privatefiles, "MAX_BYTES", 200_000)
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-" + b"0" * 300_000)

    response = client.post(PAGE, typed(letter=scan))

    assert errors_of(response) == {
        "letter": ["The file is larger than 20 MB. Send a smaller scan, for example in grey."]
    }
    assert response.context["form"]["name_en"].value() == "Jalal-Abad"
    assert (PrivateFile.objects.count(), MembershipApplication.objects.count()) == (0, 0)


def test_files_come_with_the_application(client):
    client.post(PAGE, typed(letter=pdf(), charter=pdf("charter.pdf")))

    files = MembershipApplication.objects.get().files
    assert list(files.values_list("kind", "file__name", "file__purpose")) == [
        ("letter", "letter.pdf", "membership-application"),
        ("charter", "charter.pdf", "membership-application"),
    ]


def test_file_that_was_fine_is_asked_for_again_when_something_else_is_wrong(client):
    response = client.post(PAGE, typed(letter=pdf(), population=""))

    assert errors_of(response) == {
        "population": ["Say how many people live there."],
        "letter": ["The file is fine, but browsers send a file once: choose it again."],
    }


def test_svg_is_no_letter(client):
    response = client.post(PAGE, typed(letter=SimpleUploadedFile("letter.svg", b"<svg/>")))

    assert list(errors_of(response)) == ["letter"]


def test_application_sent_twice_by_a_double_click_is_one(client):
    sent = typed()

    answers = [client.post(PAGE, sent) for _click in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert (MembershipApplication.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("MAYOR@city.example", "You have sent this application already. Its number is {number}."),
        ("other@city.example", "An application for this name and country is being considered. If "
         "you know nothing of it, write to the secretariat."),
    ],
)  # fmt: skip
def test_same_application_again_names_the_number_to_its_sender_alone(client, email, sentence):
    first = make_application()

    response = client.post(PAGE, typed(name_ru="", name_en="jalal-abad", email=email))

    assert errors_of(response) == {"__all__": [sentence.format(number=first.number)]}
    assert (first.number in response.content.decode()) == ("already" in sentence)


def test_many_applications_from_one_network_have_to_wait(client):
    for number in range(10):
        applicant = {"name_ru": "", "name_en": f"City {number}", "email": f"{number}@city.example"}
        client.post(PAGE, typed(**applicant))

    response = client.post(PAGE, typed(name_ru="", name_en="One more", email="x@city.example"))

    assert errors_of(response) == {"__all__": [TOO_MANY]}
    assert MembershipApplication.objects.count() == 10


def test_nobody_fills_a_strangers_mailbox_with_letters(client):
    for number in range(6):
        client.post(
            PAGE, typed(name_ru="", name_en=f"City {number}", email="Victim@city.example"),
            REMOTE_ADDR=f"192.0.2.{number}",
        )  # fmt: skip

    response = client.post(
        PAGE, typed(name_ru="", name_en="One more", email="victim@CITY.example"),
        REMOTE_ADDR="192.0.2.99",
    )  # fmt: skip

    assert errors_of(response) == {"__all__": [TOO_MANY]}
    assert Message.objects.filter(email="victim@city.example").count() == 5


def test_post_without_the_token_of_the_form_is_refused():
    assert Client(enforce_csrf_checks=True).post(PAGE, typed()).status_code == 403


@pytest.mark.parametrize("token", ["x", "1", "1:abc"])
def test_thanks_are_under_a_signed_address_alone(client, token):
    assert client.get(f"/en/members/join/sent/{token}/").status_code == 404


@pytest.mark.parametrize("language", ["ru", "en"])
def test_explanation_leads_to_the_form_in_both_languages(client, language):
    page = client.get(f"/{language}/members/how-to-join/")

    assert f'href="/{language}/members/join/"' in page.content.decode()
    assert page.content.decode().count("<li>") >= 9
    assert (
        f'href="/{language}/members/how-to-join/"'
        in client.get(f"/{language}/members/").content.decode()
    )


def test_page_of_a_member_does_not_swallow_the_form(client):
    make_member("join", "Джоин", "Join")

    assert "application" in client.get(PAGE).content.decode().lower()
    assert client.get(PAGE).context["form"] is not None


@pytest.mark.parametrize(
    "name",
    ["Your account: https://evil.example", "See WWW.evil.example", "Visit EVIL.com now",
     "write@evil.example"],
)  # fmt: skip
def test_name_advertises_nothing_in_a_letter_to_strangers(client, name):
    response = client.post(PAGE, typed(name_en=name))

    assert errors_of(response) == {"name_en": ["Write the name alone, without an address."]}
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "kept"), [("St.Petersburg", "St.Petersburg"), ("City\n\nof  Osh", "City of Osh")]
)
def test_name_is_kept_in_one_line(client, sent, kept):
    client.post(PAGE, typed(name_ru="г.Казань", name_en=sent))

    found = MembershipApplication.objects.get()
    assert (found.name_ru, found.name_en) == ("г.Казань", kept)
