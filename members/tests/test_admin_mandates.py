"""Representatives in the admin of a member: invited, changed, ended."""

import datetime

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from content.models import AuditEntry
from mailing.models import Message
from members.models import Member, Representative
from members.tests.admin_form import add_row, form_of
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    client.cookies["django_language"] = "en"
    return client


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
