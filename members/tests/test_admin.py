import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from content import workqueue
from members import moderation
from members.models import Member, MemberName
from members.tests.admin_form import add_row, form_of
from members.tests.factories import (
    make_country,
    make_member,
    make_representative,
    make_size_categories,
)

pytestmark = pytest.mark.django_db

UPDATES = "admin:members_profileupdate_changelist"
MEMBERS = "admin:members_member_changelist"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def make_updates(count: int, make_user) -> None:
    for number in range(count):
        city = make_member(f"city-{number}", f"Город {number}", f"City {number}")
        person = make_user(f"rep{number}@example.org")
        make_representative(person, city)
        moderation.propose(city, person, {"phone": f"+7 {number}"})


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("name", [UPDATES, MEMBERS])
def test_admin_list_query_count_does_not_grow(
    desk, name, count, make_user, django_assert_max_num_queries
):
    make_updates(count, make_user)
    desk.get(reverse(name))

    with django_assert_max_num_queries(14):
        response = desk.get(reverse(name))

    assert response.context["cl"].result_count == count


def test_members_are_searched_by_any_name(client, lead):
    kazan = make_member()
    MemberName.objects.create(member=kazan, kind="alias", name_en="Qazan")
    make_member("tver", "Тверь", "Tver")
    client.force_login(lead)

    found = client.get(reverse(MEMBERS), {"q": "QAZAN"}).context["cl"].result_list

    assert list(found) == [kazan]


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    client.cookies["django_language"] = "en"
    return client


def astana() -> Member:
    member = make_member("astana", "Астана", "Astana")
    member.names.update(starts_on=datetime.date(1998, 5, 6))
    return member


def new_names(sent: dict, ends_on="2019-03-22", later="2022-09-17") -> dict:
    """Staff add to Astana: Nur-Sultan from 23.03.2019, Astana from 17.09.2022."""
    sent = sent | {"names-0-ends_on": ends_on}
    days = {"kind": "name", "starts_precision": "day", "ends_precision": "day"}
    sent = add_row(
        sent, "names", name_ru="Нур-Султан", name_en="Nur-Sultan", starts_on="2019-03-23",
        ends_on="2022-09-16", **days,
    )  # fmt: skip
    return add_row(sent, "names", name_ru="Астана", name_en="Astana", starts_on=later, **days)


def test_mem_3_staff_add_names_that_follow_one_another(office):
    address = reverse("admin:members_member_change", args=[astana().pk])

    response = office.post(address, new_names(form_of(office, address)))

    assert response.status_code == 302
    assert list(MemberName.objects.order_by("starts_on").values_list("name_en", "ends_on")) == [
        ("Astana", datetime.date(2019, 3, 22)),
        ("Nur-Sultan", datetime.date(2022, 9, 16)),
        ("Astana", None),
    ]
    assert Member.objects.get().name_search == "astana\nnur sultan\nастана\nнур султан"


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        (
            {"ends_on": ""},
            "“Astana” and “Nur-Sultan” overlap: “Nur-Sultan” begins on 23 March 2019, so the last "
            "valid day of “Astana” is 22 March 2019.",
        ),
        (
            {"later": "2022-10-01"},
            "Between “Nur-Sultan” and “Astana” there are days without a name: “Astana” begins on "
            "1 October 2022, so the last valid day of “Nur-Sultan” is 30 September 2022.",
        ),
    ],
)
def test_mem_3_overlap_and_gap_are_refused_with_the_reason(office, days, problem):
    address = reverse("admin:members_member_change", args=[astana().pk])

    response = office.post(address, new_names(form_of(office, address), **days))

    problems = [
        str(error)
        for inline in response.context["inline_admin_formsets"]
        for error in inline.formset.non_form_errors()
    ]
    assert problems == [problem]
    assert MemberName.objects.count() == 1


def test_names_may_swap_their_days_in_one_save(office):
    member = astana()
    member.names.update(ends_on=datetime.date(2019, 3, 22))
    MemberName.objects.create(
        member=member, name_ru="Нур-Султан", name_en="Nur-Sultan",
        starts_on=datetime.date(2019, 3, 23),
    )  # fmt: skip
    address = reverse("admin:members_member_change", args=[member.pk])
    sent = form_of(office, address) | {
        "names-0-starts_on": "2019-03-23", "names-0-ends_on": "",
        "names-1-starts_on": "1998-05-06", "names-1-ends_on": "2019-03-22",
    }  # fmt: skip

    assert office.post(address, sent).status_code == 302
    assert Member.objects.get().name_en == "Astana"


def test_new_member_gets_its_first_name(office):
    country = make_country()
    sent = form_of(office, reverse("admin:members_member_add")) | {
        "name_ru": "Тверь", "name_en": "Tver", "slug": "tver", "country": country.pk,
    }  # fmt: skip

    response = office.post(reverse("admin:members_member_add"), sent)

    assert response.status_code == 302
    assert list(MemberName.objects.values_list("member__slug", "name_ru", "name_en")) == [
        ("tver", "Тверь", "Tver")
    ]


def test_two_editors_of_a_member_do_not_overwrite_each_other(office, member):
    address = reverse("admin:members_member_change", args=[member.pk])
    sent = form_of(office, address) | {"phone": "+7 1"}
    member.phone = "+7 2"
    member.save()

    response = office.post(address, sent)

    assert response.context["adminform"].form.errors["phone"] == ["Now stored: +7 2"]
    assert Member.objects.get().phone == "+7 2"


def test_slug_that_leads_to_another_member_is_refused(office, member):
    member.slug = "qazan"
    member.save()
    other = make_member("tver", "Тверь", "Tver")
    address = reverse("admin:members_member_change", args=[other.pk])

    response = office.post(address, form_of(office, address) | {"slug": "kazan"})

    assert response.context["adminform"].form.errors == {
        "slug": ["This address leads to “Kazan”, which once stood under it."]
    }


def test_overlapping_membership_is_refused_with_both_days(office, member):
    address = reverse("admin:members_member_change", args=[member.pk])
    sent = add_row(
        form_of(office, address), "periods", starts_on="2010-05-12", starts_precision="day",
        ends_precision="day",
    )  # fmt: skip

    response = office.post(address, sent)

    problems = [
        str(error)
        for inline in response.context["inline_admin_formsets"]
        for error in inline.formset.non_form_errors()
    ]
    assert problems == [
        "The membership period from 12 May 2010 begins before the one from 2004 has ended."
    ]


def test_queue_of_missing_translations_opens_the_list_of_those_members(office, lead, make_user):
    make_member(about_ru="<p>Город.</p>", about_en="<p>A city.</p>")
    lacking = make_member("tver", "Тверь", "Tver", about_ru="<p>Город.</p>")
    stranger = make_user("stranger@example.org")

    queues = {
        user: [
            queue
            for queue in workqueue.queues_for(user)
            if queue.url == reverse(MEMBERS) + "?translation=open"
        ]
        for user in (lead, stranger)
    }

    (queue,) = queues[lead]
    assert (queue.count, queue.note) == (1, "1 item lacks one language or is outdated in it")
    assert list(office.get(queue.url).context["cl"].result_list) == [lacking]
    assert queues[stranger] == []


@pytest.mark.parametrize("name", ["country", "sizecategory"])
def test_small_lists_open(office, name):
    make_country()
    row = make_size_categories()[0] if name == "sizecategory" else make_country()

    pages = [
        reverse(f"admin:members_{name}_changelist"),
        reverse(f"admin:members_{name}_change", args=[row.pk]),
        reverse(f"admin:members_{name}_add"),
    ]

    assert [office.get(page).status_code for page in pages] == [200, 200, 200]
