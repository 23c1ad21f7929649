import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from content import workqueue
from content.models import AuditEntry
from mailing.models import Message
from members import moderation
from members.models import Member, MemberName, Representative
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


def form_of(client, address: str) -> dict:
    """What the change form would send unchanged, inlines included."""
    response = client.get(address)
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, datetime.date):
                value = value.isoformat()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def add_row(sent: dict, prefix: str, **values) -> dict:
    """The form with one more row of an inline."""
    number = int(sent[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return sent | row | {f"{prefix}-TOTAL_FORMS": number + 1}


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


INVITED = {
    "form_key": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "email": "New@example.org",
    "full_name": "New Person", "language": "en", "role": "lead", "position": "Head of department",
    "starts_on": "", "ends_on": "",
}  # fmt: skip


def test_staff_invite_a_representative_from_the_member(office, member, lead):
    page = reverse("admin:members_member_change", args=[member.pk])
    address = reverse("admin:members_member_invite", args=[member.pk])

    answers = [office.post(address, INVITED) for _click in range(2)]

    assert f'href="{address}"' in office.get(page).content.decode()
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, page)] * 2
    mandate = Representative.objects.get()
    assert (mandate.user.email, mandate.member, mandate.role, mandate.user.is_active) == (
        "new@example.org", member, "lead", False,
    )  # fmt: skip
    assert Message.objects.get().is_secret


def test_invited_person_who_signs_in_already_is_told(office, make_user, rep):
    other = make_member("almaty", "Алматы", "Almaty")

    office.post(
        reverse("admin:members_member_invite", args=[other.pk]),
        INVITED | {"email": "rep@example.org"},
    )

    message = Message.objects.get()
    assert (message.email, message.subject) == (
        "rep@example.org", "You represent Almaty on the portal",
    )  # fmt: skip
    assert "http://testserver/en/cabinet/almaty/" in message.text_body
    assert set(Member.objects.editable_by(rep).values_list("slug", flat=True)) == {
        "kazan", "almaty",
    }  # fmt: skip


def test_same_person_is_not_entrusted_twice(office, member, rep):
    response = office.post(
        reverse("admin:members_member_invite", args=[member.pk]),
        INVITED | {"email": "rep@example.org"},
    )

    assert response.context["adminform"].form.errors == {
        "__all__": ["This person already represents this member."]
    }
    assert (Representative.objects.count(), Message.objects.count()) == (1, 0)


def test_invitation_with_days_the_wrong_way_round_makes_no_account(office, member):
    response = office.post(
        reverse("admin:members_member_invite", args=[member.pk]),
        INVITED | {"starts_on": "2026-05-01", "ends_on": "2026-04-01"},
    )

    assert response.context["adminform"].form.errors == {
        "__all__": ["The last valid day lies before the first one."]
    }
    assert not User.objects.filter(email="new@example.org").exists()


def test_editor_may_not_invite(desk, member):
    address = reverse("admin:members_member_invite", args=[member.pk])

    assert (desk.get(address).status_code, desk.post(address, INVITED).status_code) == (403, 403)
    assert list(Representative.objects.all()) == []


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


def page_of(office, member) -> tuple[str, dict]:
    address = reverse("admin:members_member_change", args=[member.pk])
    return address, form_of(office, address)


def test_mandate_is_ended_from_the_member_with_entry_and_letter(
    office, member, rep, lead, make_user
):
    make_representative(make_user("second@example.org"), member)
    address, sent = page_of(office, member)

    response = office.post(
        address,
        sent | {"representatives-0-ends_on": "2020-06-01", "representatives-0-position": "Aide"},
    )

    assert response.status_code == 302
    row = rep.mandates.get()
    assert (row.ends_on, row.position) == (datetime.date(2020, 6, 1), "Aide")
    verbs = AuditEntry.objects.filter(verb__startswith="member.").order_by("pk")
    assert list(verbs.values_list("verb", "actor")) == [
        ("member.mandate_changed", lead.pk), ("member.mandate_ends", lead.pk),
    ]  # fmt: skip
    assert list(Message.objects.values_list("email", flat=True)) == ["rep@example.org"]
    assert list(Member.objects.editable_by(rep)) == []


def test_last_leads_are_not_ended_together_in_the_form(office, member, rep, make_user):
    make_representative(make_user("second@example.org"), member)
    address, sent = page_of(office, member)
    days = {f"representatives-{number}-ends_on": "2020-06-01" for number in range(2)}

    response = office.post(address, sent | days)

    problems = [
        str(error)
        for inline in response.context["inline_admin_formsets"]
        for error in inline.formset.non_form_errors()
    ]
    assert [problem.split(" from ")[0] for problem in problems] == [
        "Nobody would be lead representative of Kazan"
    ]
    assert Representative.objects.filter(ends_on=None).count() == 2


def test_lead_and_contributor_change_places_in_the_form(office, member, rep, make_user):
    other = make_representative(make_user("o@example.org"), member, role="contributor")
    address, sent = page_of(office, member)
    swapped = {
        name.replace("-id", "-role"): "lead" if int(pk) == other.pk else "contributor"
        for name, pk in sent.items()
        if name.startswith("representatives-") and name.endswith("-id")
    }

    assert office.post(address, sent | swapped).status_code == 302
    assert (rep.mandates.get().role, Representative.objects.get(pk=other.pk).role) == (
        "contributor", "lead",
    )  # fmt: skip


def test_saving_a_member_unchanged_leaves_its_mandates_alone(office, member, rep):
    address, sent = page_of(office, member)

    assert office.post(address, sent).status_code == 302
    assert not AuditEntry.objects.filter(verb__startswith="member.").exists()
    assert list(Message.objects.all()) == []


def test_mandate_is_neither_added_nor_given_away_in_the_form(office, member, rep, make_user):
    other = make_user("other@example.org")
    address, sent = page_of(office, member)
    sent = sent | {"representatives-0-user": other.pk, "representatives-0-starts_on": "2030-01-01"}

    office.post(address, add_row(sent, "representatives", user=other.pk, role="lead"))

    assert list(Representative.objects.values_list("user", "starts_on")) == [(rep.pk, None)]


def test_mandate_that_is_over_is_not_reopened_in_the_form(office, member, rep):
    rep.mandates.update(ends_on=datetime.date(2020, 6, 1))
    address, sent = page_of(office, member)

    response = office.post(address, sent | {"representatives-0-ends_on": ""})

    problems = [
        form.errors
        for inline in response.context["inline_admin_formsets"]
        for form in inline.formset.forms
        if form.errors
    ]
    assert problems == [
        {"ends_on": ["This mandate is over. Invite the person again to give a new one."]}
    ]
    assert Representative.objects.get().ends_on == datetime.date(2020, 6, 1)


def test_second_open_mandate_is_refused_in_the_form(office, member, rep):
    rep.mandates.update(ends_on=datetime.date(2999, 6, 1))
    make_representative(rep, member)
    address, sent = page_of(office, member)
    ends_on = next(name for name, value in sent.items() if value == "2999-06-01")

    response = office.post(address, sent | {ends_on: ""})

    assert response.status_code == 200
    assert "This person already represents this member." in response.content.decode()


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
