"""Who has confirmed and who has not, and the departments, in the admin."""

import datetime

import pytest
from django.urls import reverse

from content import workqueue
from members import confirmation, ladder
from members.models import Confirmation, Department
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db

OPENS = datetime.date(2026, 2, 1)


@pytest.fixture
def office(client_of, lead):
    door = client_of(lead)
    door.cookies["django_language"] = "en"
    return door


@pytest.fixture
def asked(member, rep, monkeypatch) -> Confirmation:
    monkeypatch.setattr("content.dated.today", lambda: OPENS)
    confirmation.open_round()
    return Confirmation.objects.get()


def listed(office, answer="") -> list:
    address = reverse("admin:members_confirmation_changelist")
    response = office.get(f"{address}?answer={answer}" if answer else address)
    return [row.member.slug for row in response.context["cl"].result_list]


def test_list_says_who_has_not_confirmed_and_how_far_the_ladder_went(
    office, asked, member, rep, lead, monkeypatch
):
    other = make_member("tver", "Тверь", "Tver")
    confirmation.open_round()
    ladder.climb()
    confirmation.confirm(member, rep, "The mayor is new.")
    monkeypatch.setattr("content.dated.today", lambda: OPENS + datetime.timedelta(days=43))

    found = {answer: listed(office, answer) for answer in ("none", "late", "done", "notes")}

    assert found == {
        "none": [other.slug], "late": [other.slug], "done": ["kazan"], "notes": ["kazan"],
    }  # fmt: skip
    html = office.get(reverse("admin:members_confirmation_changelist")).content.decode()
    assert "representative: rep@example.org" in html
    assert "second representative: nobody to write to" in html
    queues = {queue.url.split("?")[1]: queue.count for queue in workqueue.queues_for(lead)
              if "confirmation" in queue.url}  # fmt: skip
    assert queues == {"answer=late": 1, "answer=notes": 1}


def test_one_confirmation_is_read_and_its_correction_seen_to(office, asked, member, rep):
    confirmation.confirm(member, rep, "The mayor is new.")
    address = reverse("admin:members_confirmation_change", args=[asked.pk])

    html = office.get(address).content.decode()
    office.post(
        reverse("admin:members_confirmation_changelist"),
        {"action": "settle_notes", "_selected_action": [asked.pk]},
    )

    assert "The mayor is new." in html
    assert Confirmation.objects.get().note_settled_at is not None


def test_round_that_is_over_and_members_that_left_are_nobodys_task(
    office, asked, member, lead, monkeypatch
):
    late = OPENS + datetime.timedelta(days=43)
    monkeypatch.setattr("content.dated.today", lambda: late)
    assert listed(office, "late") == [member.slug]

    member.periods.update(ends_on=OPENS)
    assert listed(office, "late") == []

    member.periods.update(ends_on=None)
    monkeypatch.setattr("content.dated.today", lambda: late.replace(year=2027))
    assert (listed(office, "late"), listed(office, "none")) == ([], [member.slug])


@pytest.mark.parametrize("count", [1, 10])
def test_list_of_confirmations_asks_a_constant_number_of_queries(
    office, asked, make_user, count, django_assert_max_num_queries
):
    for number in range(count):
        city = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        make_representative(make_user(f"p{number}@example.org"), city)
    confirmation.open_round()
    ladder.climb()

    with django_assert_max_num_queries(16):
        assert len(listed(office)) == count + 1


def test_staff_keep_a_department_without_typing_an_id(office, member):
    address = reverse("admin:members_department_add")
    form = office.get(address)
    sent = {
        "member": member.pk, "name_ru": "Отдел", "name_en": "", "email": "", "phone": "",
        "position": "0", "contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0",
        "contacts-0-full_name_ru": "Айгуль", "contacts-0-full_name_en": "", "contacts-0-order": "0",
    }  # fmt: skip

    response = office.post(address, sent)

    assert "admin-autocomplete" in form.content.decode()
    assert response.status_code == 302
    assert [one.full_name_ru for one in Department.objects.get().contacts.all()] == ["Айгуль"]


def test_page_of_a_member_leads_to_its_confirmations(office, asked, member):
    make_member("tver", "Тверь", "Tver")
    confirmation.open_round()
    page = reverse("admin:members_member_change", args=[member.pk])
    address = f"{reverse('admin:members_confirmation_changelist')}?member__id__exact={member.pk}"

    html = office.get(page).content.decode()

    assert address in html
    rows = office.get(address).context["cl"].result_list
    assert [row.member.slug for row in rows] == ["kazan"]
