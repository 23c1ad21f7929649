"""Applications: their numbers, their way through the desk, what becomes of the record."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from content.dates import day_text
from content.models import PrivateFile
from content.tests.factories import private_files_on_disk
from mailing.models import Message
from members import applications, lifecycle
from members.models import CountingRule, Member, MembershipApplication, OldSlug, Prospect
from members.tests.applicants import make_application
from members.tests.factories import make_country, make_member

pytestmark = pytest.mark.django_db
CHANGE = "admin:members_membershipapplication_change"
DEED = "admin:members_membershipapplication_deed"
KEY = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    client.cookies["django_language"] = "en"
    return client


def today() -> datetime.date:
    return timezone.localdate()


def post(office, application, deed: str, **typed):
    address = reverse(DEED, args=[application.pk, deed])
    return office.post(address, {"form_key": KEY, **typed})


def decided(**typed) -> dict:
    return {
        "day": today().isoformat(),
        "decided_by_ru": "Совет",
        "decided_by_en": "Council",
    } | typed


def errors_of(response) -> dict:
    return {
        name: list(errors) for name, errors in response.context["adminform"].form.errors.items()
    }


def test_numbers_of_a_year_follow_one_another():
    made = [make_application(f"City {number}") for number in range(3)]

    year = today().year
    assert [one.number for one in made] == [f"{year}-001", f"{year}-002", f"{year}-003"]


def test_refused_file_leaves_no_number_and_no_file_behind():
    scan = SimpleUploadedFile("scan.exe", b"MZ")
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1")
    before = private_files_on_disk()

    with pytest.raises(ValidationError):
        make_application(files={"letter": letter, "charter": scan})

    assert (MembershipApplication.objects.count(), PrivateFile.objects.count()) == (0, 0)
    assert private_files_on_disk() == before
    assert make_application().serial == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_apply_at_once():
    make_country("KG", "Киргизия", "Kyrgyzstan")

    def send(number: int) -> int:
        try:
            return make_application(f"City {number}").serial
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(send, range(8))) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_same_application_from_two_windows_is_taken_once():
    make_country("KG", "Киргизия", "Kyrgyzstan")

    def send(_number: int) -> str:
        try:
            return make_application().number
        except applications.SentAlready:
            return "again"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(send, range(4)))
    assert sorted(found)[1:] == ["again"] * 3


def test_prospect_of_that_name_is_linked():
    country = make_country("KG", "Киргизия", "Kyrgyzstan")
    prospect = Prospect.objects.create(name_en="Jalal Abad", country=country)
    other = Prospect.objects.create(name_en="Osh", country=country)

    application = make_application("Jalal-Abad")

    prospect.refresh_from_db()
    other.refresh_from_db()
    assert (prospect.application, prospect.state) == (application, "applied")
    assert (other.application, other.state) == (None, "contacted")


def test_mem_2_council_accepts_and_the_first_due_is_waited_for(office, client_of):
    CountingRule.objects.create(counts_from="payment")
    application = make_application()
    office.post(reverse(DEED, args=[application.pk, "before-body"]), {"form_key": "0" * 32})
    scan = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes")

    response = post(office, application, "accept", **decided(document=scan))

    application.refresh_from_db()
    member = application.member
    assert response["Location"] == reverse(CHANGE, args=[application.pk])
    assert (application.state, application.decided_on, application.decided_by) == (
        "accepted", today(), "Совет",
    )  # fmt: skip
    assert application.document.name == "minutes.pdf"
    assert (lifecycle.status_on(member), member in Member.objects.members()) == ("accepted", False)
    page = client_of().get(f"/en/members/{member.slug}/").content.decode().replace("\xa0", " ")
    assert "Accepted, due not paid" in page
    assert "There are no members yet." in client_of().get("/en/members/").content.decode()
    lifecycle.begin_membership(member, today(), None)
    assert member in Member.objects.members()


def test_record_made_of_an_application_has_name_country_population_and_source(office):
    application = make_application(name_ru="Джалал-Абад")

    post(office, application, "accept", **decided())

    member = Member.objects.get()
    figure = member.figures.get()
    assert (member.slug, member.name_ru, member.name_en, member.country.code, member.website) == (
        "jalal-abad", "Джалал-Абад", "Jalal-Abad", "KG", "https://city.example",
    )  # fmt: skip
    assert (figure.value, figure.year, figure.source_en) == (
        123_000, today().year, f"Application for membership No. {application.number}",
    )  # fmt: skip
    with translation.override("ru"):
        words = str(applications.SOURCE) % {"number": application.number}
    assert figure.source_ru == words
    assert list(member.names.values_list("name_ru", "name_en")) == [("Джалал-Абад", "Jalal-Abad")]
    assert list(member.status_changes.values_list("status", flat=True)) == [
        "applied", "accepted", "member",
    ]  # fmt: skip
    assert (member.email, member.phone) == ("", "")


def test_applicant_is_told_of_every_decision_in_both_languages(office):
    accepted, refused = make_application(), make_application("Osh", email="osh@city.example")

    post(office, accepted, "accept", **decided())
    office.post(
        reverse(DEED, args=[refused.pk, "refuse"]),
        decided(reason="The charter is missing.") | {"form_key": "1" * 32},
    )

    mails = Message.objects.order_by("pk").values_list("email", "subject")
    assert list(mails) == [
        ("mayor@city.example", f"Application No. {accepted.number} is received"),
        ("osh@city.example", f"Application No. {refused.number} is received"),
        ("mayor@city.example", f"Application No. {accepted.number}: accepted"),
        ("osh@city.example", f"Application No. {refused.number}: the decision"),
    ]
    assert "The charter is missing." in Message.objects.order_by("pk").last().text_body


def test_existing_record_is_linked_and_applies(office):
    osh = make_member("osh", "Ош", "Osh", is_member=False)
    application = make_application("Osh")

    post(office, application, "accept", **decided(member=str(osh.pk)))

    application.refresh_from_db()
    assert (application.member, Member.objects.count()) == (osh, 1)
    assert lifecycle.status_on(osh) == "member"


def test_member_cannot_be_accepted_once_more(office):
    kazan = make_member()
    application = make_application("Kazan")

    response = post(office, application, "accept", **decided(member=str(kazan.pk)))

    assert errors_of(response) == {"member": ["“Kazan” is a member or was accepted already."]}
    application.refresh_from_db()
    assert application.state == "received"


def test_former_member_comes_back(office):
    kazan = make_member()
    lifecycle.record(kazan, "former", datetime.date(2024, 1, 1), by=None, reason_en="Left")

    post(office, make_application("Kazan"), "accept", **decided(member=str(kazan.pk)))

    assert lifecycle.status_on(kazan) == "member"
    assert [row.starts_on for row in kazan.periods.all()] == [datetime.date(2004, 1, 1), today()]


@pytest.mark.parametrize(
    ("days", "problems"),
    [
        (1, {"day": ["This day is still to come."]}),
        (-1, {"day": ["The last change of status is of {day}: this one has to come after it."]}),
    ],
)
def test_decision_before_the_application_or_ahead_is_refused(office, days, problems):
    application = make_application()
    day = today() + datetime.timedelta(days=days)

    response = post(office, application, "accept", **decided(day=day.isoformat()))

    expected = {"day": [problems["day"][0].format(day=day_text(today()))]}
    assert (errors_of(response), Member.objects.count()) == (expected, 0)


def test_refusal_needs_a_reason_and_takes_the_step_back(office, lead):
    osh = make_member("osh", "Ош", "Osh", is_member=False)
    application = make_application("Osh")
    applications.link(application, osh, lead)
    assert lifecycle.status_on(osh) == "applied"

    assert errors_of(post(office, application, "refuse", **decided(reason=""))) == {
        "reason": ["This field is required."]
    }
    post(office, application, "refuse", **decided(reason="No charter"))

    application.refresh_from_db()
    assert (application.state, application.reason) == ("refused", "No charter")
    assert lifecycle.status_on(osh) is None


def test_accepted_applicant_withdraws_only_before_it_is_a_member(office, lead):
    CountingRule.objects.create(counts_from="payment")
    waiting = applications.accept(make_application("Osh"), today(), by=lead)
    settled = applications.accept(make_application("Naryn"), today(), by=lead)
    lifecycle.begin_membership(settled.member, today(), None)

    response = post(office, settled, "withdraw", reason="")
    assert errors_of(response) == {
        "__all__": ["The applicant is a member already: change its status."]
    }
    post(office, waiting, "withdraw", reason="No money")

    states = MembershipApplication.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "accepted"]
    assert lifecycle.status_on(waiting.member) is None


def test_second_decision_is_refused(office, lead):
    application = make_application()
    applications.accept(application, today(), by=lead)

    response = post(office, application, "refuse", **decided(reason="Too late"))

    assert errors_of(response) == {"__all__": ["This application is “accepted” already."]}


@pytest.mark.parametrize(
    ("role", "codes"),
    [("lead", (200, 200)), ("finance", (200, 403)), ("editor", (200, 403)), ("events", (403, 403))],
)
def test_only_the_lead_decides(client_of, make_user, role, codes):
    desk = client_of(make_user("staff@example.org", roles=[role]))
    application = make_application()

    found = [desk.get(reverse(name, args=args)).status_code for name, args in (
        (CHANGE, [application.pk]), (DEED, [application.pk, "accept"]),
    )]  # fmt: skip
    assert tuple(found) == codes


@pytest.mark.parametrize("count", [1, 12])
def test_list_of_applications_asks_as_often_for_many(office, django_assert_max_num_queries, count):
    for number in range(count):
        make_application(f"City {number}")
    address = reverse("admin:members_membershipapplication_changelist")
    office.get(address)

    with django_assert_max_num_queries(12):
        assert office.get(address).context["cl"].result_count == count


def test_page_of_an_application_offers_what_may_be_done(office, lead):
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.7")
    application = make_application(files={"letter": letter})
    page = office.get(reverse(CHANGE, args=[application.pk]))

    assert [address for address, _words in page.context["deeds"]] == [
        "../deed/before-body/", "../deed/accept/", "../deed/refuse/", "../deed/withdraw/",
    ]  # fmt: skip
    assert "letter.pdf</a>" in page.content.decode()
    applications.put_before_body(application, lead)
    page = office.get(reverse(CHANGE, args=[application.pk]))
    assert [address for address, _words in page.context["deeds"]] == [
        "../deed/accept/", "../deed/refuse/", "../deed/withdraw/",
    ]  # fmt: skip
    assert post(office, application, "sing").status_code == 404


@pytest.mark.parametrize(("name", "slug"), [("Join", "join-2"), ("Old Town", "old-town-2")])
def test_record_takes_no_address_of_the_portal_and_none_of_another_member(lead, name, slug):
    OldSlug.objects.create(member=make_member(), slug="old-town")

    accepted = applications.accept(make_application(name), today(), by=lead)

    assert accepted.member.slug == slug
