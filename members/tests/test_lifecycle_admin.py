"""The status of a member at the desk of the secretariat, and what the public sees of it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from content.models import PrivateFile
from members import lifecycle
from members.models import Member, StatusChange
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
KEY = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
LEAVING = {
    "form_key": KEY, "status": "former", "day": "2024-12-31", "precision": "day",
    "reason_ru": "", "reason_en": "By decision of the city council", "decided_by_ru": "",
    "decided_by_en": "City council",
}  # fmt: skip
SUSPENDED = LEAVING | {"status": "suspended", "day": "2025-05-03", "reason_en": "No due since 2022"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def office(client, make_user):
    client.force_login(make_user("lead@example.org", roles=["lead"], language="en"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def address(member) -> str:
    return reverse("admin:members_member_status", args=[member.pk])


def text_of(response) -> str:
    """The page with every no-break space as a plain one."""
    return response.content.decode().replace("\xa0", " ")


def errors_of(response) -> dict:
    return response.context["adminform"].form.errors


def test_mem_6_leaving_through_the_screens(
    office, address, member, rep, client_of, django_capture_on_commit_callbacks
):
    door, visitor = client_of(rep), client_of()
    make_member("bishkek", "Бишкек", "Bishkek")
    profile = "/en/cabinet/kazan/profile/"
    before = text_of(visitor.get("/en/members/")), door.get(profile).status_code

    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(address, LEAVING)

    change = reverse("admin:members_member_change", args=[member.pk])
    assert (response.status_code, response["Location"]) == (302, change)
    after = text_of(visitor.get("/en/members/")), door.get(profile).status_code
    assert ("2 members found." in before[0], before[1]) == (True, 200)
    assert ("1 member found." in after[0], after[1]) == (True, 404)
    page = visitor.get("/en/members/kazan/")
    words = "Former member: 2004 – 31 December 2024"
    assert (page.status_code, words in text_of(page)) == (200, True)
    period = member.periods.get()
    assert (period.starts_on, period.ends_on) == (
        datetime.date(2004, 1, 1), datetime.date(2024, 12, 31),
    )  # fmt: skip


def test_leaving_in_a_year_ends_with_that_year(office, address, member):
    office.post(address, LEAVING | {"day": "2024-05-05", "precision": "year"})

    period = member.periods.get()
    assert (period.ends_on, period.ends_precision) == (datetime.date(2024, 12, 31), "year")


def test_mem_4_public_list_and_page_say_suspended_since(office, address, client_of):
    visitor = client_of()

    office.post(address, SUSPENDED)

    page = text_of(visitor.get("/en/members/kazan/"))
    assert "Member since 2004" in page
    assert "suspended since 3 May 2025" in page
    assert "<em>suspended since 3 May 2025</em>" in text_of(visitor.get("/en/members/"))
    assert lifecycle.status_on(Member.objects.get()) == "suspended"


def test_mem_4_suspension_without_a_reason_is_refused_and_keeps_what_was_typed(office, address):
    response = office.post(address, SUSPENDED | {"reason_en": "", "decided_by_en": "Bureau"})

    assert errors_of(response) == {"reason_ru": ["Say why, in Russian or in English."]}
    assert 'value="Bureau"' in response.content.decode()
    assert StatusChange.objects.filter(status="suspended").count() == 0


@pytest.mark.parametrize(
    ("role", "code"),
    [("lead", 302), ("finance", 302), ("editor", 403), ("events", 403), ("translator", 403)],
)
def test_mem_4_only_staff_with_the_permission_change_a_status(
    client_of, make_user, address, member, role, code
):
    desk = client_of(make_user("staff@example.org", roles=[role]))

    assert desk.post(address, SUSPENDED).status_code == code
    assert lifecycle.status_on(member) == ("suspended" if code == 302 else "member")


def test_status_form_offers_only_what_may_follow(office, address, member):
    assert [one for one, _name in office.get(address).context["adminform"].form["status"]
            .field.choices] == ["suspended", "former"]  # fmt: skip
    response = office.post(address, LEAVING | {"status": "accepted"})
    assert list(errors_of(response)) == ["status"]


def test_refusal_stands_beside_the_day(office, address):
    response = office.post(address, SUSPENDED | {"day": "2003-01-01"})

    assert errors_of(response) == {
        "day": ["The last change of status is of 1 January 2004: this one has to come after it."]
    }


def test_second_click_changes_the_status_once(office, address, member):
    answers = [office.post(address, SUSPENDED).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert member.status_changes.filter(status="suspended").count() == 1


def test_document_is_kept_with_the_decision_alone(office, address, member):
    def scan():
        return SimpleUploadedFile("decision.pdf", b"%PDF-1.7 decision")

    office.post(address, SUSPENDED | {"day": "2003-01-01", "document": scan()})
    assert PrivateFile.objects.count() == 0
    office.post(address, SUSPENDED | {"document": scan()})

    step = member.status_changes.get(status="suspended")
    assert (step.document.name, step.document.purpose) == ("decision.pdf", "membership-decision")
    page = office.get(reverse("admin:members_member_change", args=[member.pk])).content.decode()
    assert f'<a href="/files/{step.document.pk}/">decision.pdf</a>' in page


def test_document_of_another_kind_is_refused_beside_its_field(office, address):
    letter = SimpleUploadedFile("decision.exe", b"MZ")

    response = office.post(address, SUSPENDED | {"document": letter})

    assert errors_of(response) == {
        "document": ["Files of this kind are not taken. Allowed: .docx, .jpeg, .jpg, .pdf, .png."]
    }


def test_correction_of_a_period_moves_the_step(office, member):
    change = reverse("admin:members_member_change", args=[member.pk])
    page = office.get(change)
    sent = form_of(page) | {
        "periods-0-starts_on": "2006-03-01",
        "periods-0-starts_precision": "month",
    }

    assert office.post(change, sent).status_code == 302
    step = member.status_changes.get()
    assert (step.status, step.happened_on, step.precision) == (
        "member", datetime.date(2006, 3, 1), "month",
    )  # fmt: skip


def form_of(page) -> dict[str, str]:
    """What a browser would send back of an admin page without touching it."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                sent |= {field.html_name: "on"} if value else {}
            elif isinstance(value, list):
                sent[field.html_name] = value
            else:
                sent[field.html_name] = "" if value is None else str(value)
    return sent


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("suspended", ["bishkek"]), ("member", ["kazan"]), ("former", []), ("none", ["osh"])],
)
def test_members_are_filtered_by_status(office, member, wanted, found):
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    make_member("osh", "Ош", "Osh", is_member=False)
    lifecycle.record(bishkek, "suspended", datetime.date(2025, 1, 1), by=None, reason_en="Due")

    page = office.get(reverse("admin:members_member_changelist"), {"status": wanted})

    assert [row.slug for row in page.context["cl"].result_list] == found


def test_representative_of_a_suspended_member_goes_on_editing(office, address, rep, client_of):
    office.post(address, SUSPENDED)

    assert client_of(rep).get("/en/cabinet/kazan/profile/").status_code == 200
