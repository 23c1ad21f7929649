"""Departments in the cabinet: kept by the city, people public only with their consent."""

import pytest
from django.db.models import Prefetch

from accounts.tests.factories import make_user
from content.models import AuditEntry
from members import departments
from members.models import Department, DepartmentContact, Member
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db

LIST = "/en/cabinet/kazan/departments/"
NEW = f"{LIST}new/"
PERSON = {
    "full_name_ru": "Айгуль", "full_name_en": "", "job_ru": "Начальник", "job_en": "",
    "email": "a@example.org", "phone": "", "is_head": True, "is_public": False,
}  # fmt: skip


def opened(door, address) -> dict:
    """What the page would send if nothing was touched."""
    context = door.get(address).context
    sent = {}
    for form in (context["form"], context["people"].management_form, *context["people"].forms):
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def kept(member, **values) -> Department:
    given = {"name_ru": "Отдел", "name_en": "", "email": "", "phone": ""} | values
    return departments.save(member, None, given, [PERSON], make_user())


def names() -> list[tuple]:
    rows = DepartmentContact.objects.order_by("department", "order")
    return list(rows.values_list("full_name_ru", "is_head", "is_public"))


def test_s3_02_department_has_a_mailbox_and_several_people(door, rep, member):
    sent = opened(door, NEW) | {
        "name_ru": "Отдел международных связей", "email": "ums@example.org",
        "contacts-0-full_name_ru": "Айгуль", "contacts-0-is_head": "on",
        "contacts-0-is_public": "on", "contacts-0-email": "a@example.org",
        "contacts-1-full_name_ru": "Борис", "contacts-1-email": "b@example.org",
    }  # fmt: skip

    response = door.post(NEW, sent)

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert Department.objects.get().email == "ums@example.org"
    assert names() == [("Айгуль", True, True), ("Борис", False, False)]
    html = door.get(LIST).content.decode()
    assert ("Борис" in html, "for the secretariat only" in html) == (True, True)
    entry = AuditEntry.objects.get(verb="department.saved")
    assert (entry.actor, entry.target, entry.changes) == (
        rep, member, {"contacts": [0, 2], "shown": [0, 1]},
    )  # fmt: skip


def test_public_page_may_show_only_people_who_agreed(member):
    department = kept(member)
    DepartmentContact.objects.create(department=department, full_name_ru="Согласна", is_public=True)

    seen = Member.objects.prefetch_related(departments.public_departments()).get()
    everything = Member.objects.prefetch_related(Prefetch("departments__contacts")).get()

    assert [[one.full_name_ru for one in row.contacts.all()] for row in seen.departments.all()] == [
        ["Согласна"]
    ]
    assert len(everything.departments.all()[0].contacts.all()) == 2


def test_person_is_changed_taken_away_and_added(door, member):
    address = f"{LIST}{kept(member).pk}/"
    sent = opened(door, address)
    assert sent["contacts-0-full_name_ru"] == "Айгуль"

    door.post(address, sent | {"contacts-0-DELETE": "on", "contacts-1-full_name_ru": "Вера"})

    assert names() == [("Вера", False, False)]


def test_consent_is_withdrawn_by_one_tick(door, member):
    department = kept(member)
    department.contacts.update(is_public=True)
    address = f"{LIST}{department.pk}/"
    sent = opened(door, address)
    del sent["contacts-0-is_public"]

    door.post(address, sent)

    assert names() == [("Айгуль", True, False)]


def test_department_is_taken_away(door, member):
    address = f"{LIST}{kept(member).pk}/"

    door.post(address, opened(door, address) | {"_remove": "1"})

    assert (Department.objects.count(), DepartmentContact.objects.count()) == (0, 0)
    assert AuditEntry.objects.filter(verb="department.removed").count() == 1


@pytest.mark.parametrize(
    ("typed", "errors", "row_errors", "rows_error"),
    [
        ({"name_ru": ""}, {"name_ru": ["Give the name in one language at least."]}, {}, []),
        ({"email": "x"}, {"email": ["Enter a valid email address."]}, {}, []),
        (
            {"contacts-0-full_name_ru": "", "contacts-0-email": "b@example.org"}, {},
            {"full_name_ru": ["Give the name in one language at least."]}, [],
        ),
        (
            {"contacts-0-phone": "call me"}, {},
            {"phone": [
                "Enter the number with its country code, for example +7 843 292-09-34."
            ]}, [],
        ),
        (
            {"contacts-1-full_name_ru": "Б", "contacts-1-is_head": "on"}, {}, {},
            ["Only one person heads a department."],
        ),
    ],
)  # fmt: skip
def test_bad_department_is_told_and_nothing_is_lost(door, typed, errors, row_errors, rows_error):
    sent = opened(door, NEW) | {
        "name_ru": "Отдел", "phone": "+7 1", "contacts-0-full_name_ru": "А",
        "contacts-0-is_head": "on",
    }  # fmt: skip

    response = door.post(NEW, sent | typed)

    form, people = response.context["form"], response.context["people"]
    assert (form.errors, people.forms[0].errors, people.non_form_errors()) == (
        errors, row_errors, rows_error,
    )  # fmt: skip
    assert form["phone"].value() == "+7 1"
    assert Department.objects.count() == 0


def test_save_over_a_change_of_somebody_else_is_refused(door, member, rep):
    department = kept(member)
    address = f"{LIST}{department.pk}/"
    sent = opened(door, address)
    department.email = "new@example.org"
    department.save()

    response = door.post(address, sent | {"phone": "+7 1"})

    assert "Somebody saved this record" in response.context["form"].errors["__all__"][0]
    assert Department.objects.get().phone == ""


def test_second_click_adds_one_department(door):
    sent = opened(door, NEW) | {"name_ru": "Отдел"}

    assert [door.post(NEW, sent).status_code for _click in range(2)] == [302, 302]
    assert Department.objects.count() == 1


def test_rep_1_department_of_another_city_is_not_found(door, member):
    other = make_member("tver", "Тверь", "Tver")
    pk = kept(other).pk
    sent = opened(door, NEW) | {"name_ru": "Чужой"}

    codes = [
        getattr(door, method)(address, data).status_code
        for address in (f"{LIST}{pk}/", f"/en/cabinet/tver/departments/{pk}/")
        for method, data in (("get", {}), ("post", sent))
    ]

    assert codes == [404] * 4
    assert Department.objects.get().name_ru == "Отдел"


def test_acc_4_department_is_not_saved_into_the_other_city(door, rep):
    make_representative(rep, make_member("tver", "Тверь", "Tver"))
    sent = opened(door, NEW) | {"name_ru": "Отдел"}

    response = door.post("/en/cabinet/tver/departments/new/", sent)

    assert response.status_code == 200
    assert "another member" in str(response.context["form"].errors["__all__"])
    assert Department.objects.count() == 0


def test_head_or_else_the_mailbox_is_written_to(member):
    assert departments.head_address(member) == ""
    department = kept(member, email="box@example.org")
    assert departments.head_address(member) == "a@example.org"

    department.contacts.update(is_head=False)

    assert departments.head_address(member) == "box@example.org"


@pytest.mark.parametrize("count", [1, 6])
def test_list_of_departments_asks_a_constant_number_of_queries(
    door, member, count, django_assert_max_num_queries
):
    for _number in range(count):
        kept(member)

    with django_assert_max_num_queries(14):
        response = door.get(LIST)

    assert len(response.context["departments"]) == count
