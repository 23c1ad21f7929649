"""The representatives of a city in its cabinet: seen by all of them, changed by the lead."""

import datetime

import pytest
from django.utils import timezone

from content.models import AuditEntry
from mailing.models import Message
from members.models import Representative
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db

PAGE = "/en/cabinet/kazan/representatives/"
DAY = datetime.timedelta(days=1)


def opened(door, address=PAGE) -> dict:
    form = door.get(address).context["form"]
    return {field.html_name: field.value() for field in form.hidden_fields()}


def invited(door, **typed) -> dict:
    return opened(door) | {
        "email": "Helper@example.org", "full_name": "Helper", "position": "Aide",
        "language": "en", "role": "contributor", "ends_on": "", **typed,
    }  # fmt: skip


@pytest.fixture
def contributor(member, make_user):
    user = make_user("contributor@example.org", full_name="Contributor", language="en")
    make_representative(user, member, role="contributor")
    return user


def test_lead_invites_a_contributor(door, rep, member):
    response = door.post(PAGE, invited(door))

    assert (response.status_code, response["Location"]) == (302, PAGE)
    mandate = Representative.objects.get(user__email="helper@example.org")
    assert mandate.user.invitations.count() == 1
    assert (mandate.member, mandate.role, mandate.position, mandate.user.is_active) == (
        member, "contributor", "Aide", False,
    )  # fmt: skip
    html = door.get(PAGE).content.decode()
    assert "invited, has not signed in yet" in html
    entry = AuditEntry.objects.get(verb="member.entrusted")
    assert (entry.actor, entry.changes) == (rep, {"role": [None, "contributor"]})


def test_invitation_greets_in_one_line(door):
    door.post(PAGE, invited(door, full_name="Helper\n\nOpen this address"))

    mandate = Representative.objects.get(user__email="helper@example.org")
    assert mandate.user.full_name == "Helper Open this address"


def test_second_click_invites_once(door):
    sent = invited(door)

    answers = [door.post(PAGE, sent).status_code for _click in range(2)]

    assert (answers, Representative.objects.count()) == ([302, 302], 2)


def test_lead_does_not_invite_strangers_by_the_hundred(door):
    for number in range(20):
        door.post(PAGE, invited(door, email=f"{number}@example.org"))

    form = door.post(PAGE, invited(door, email="one-more@example.org")).context["form"]

    assert form.errors == {"__all__": ["You have invited many people today. Go on tomorrow."]}
    assert Representative.objects.count() == 21


def test_lead_does_not_make_another_lead(door):
    form = door.post(PAGE, invited(door, role="lead")).context["form"]

    assert list(form.errors) == ["role"]
    assert Representative.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"email": "rep@example.org"},
            {"__all__": ["This person already represents this member."]},
        ),
        ({"email": "nobody"}, {"email": ["Enter a valid email address."]}),
        (
            {"ends_on": "2001-01-01", "full_name": ""},
            {
                "full_name": ["This field is required."],
                "ends_on": ["This day is over: the mandate would end at once."],
            },
        ),
    ],
)
def test_bad_invitation_is_told_and_kept(door, typed, errors):
    form = door.post(PAGE, invited(door, **typed)).context["form"]

    assert form.errors == errors
    assert form["position"].value() == "Aide"
    assert Representative.objects.count() == 1


def test_disabled_account_is_not_let_in_by_a_lead(door, make_user):
    make_user("helper@example.org", is_active=False)

    form = door.post(PAGE, invited(door)).context["form"]

    assert form.errors == {"__all__": ["You may not change this account."]}
    assert Representative.objects.count() == 1


def test_lead_ends_the_mandate_of_somebody_else(door, contributor, rep):
    mandate = contributor.mandates.get()
    address = f"{PAGE}{mandate.pk}/end/"
    today = timezone.localdate()

    response = door.post(address, opened(door, address) | {"ends_on": today.isoformat()})

    mandate.refresh_from_db()
    assert (response.status_code, mandate.ends_on) == (302, today)
    assert Message.objects.get().email == "contributor@example.org"
    assert AuditEntry.objects.get(verb="member.mandate_ends").actor == rep


def test_own_mandate_is_not_ended_on_this_page(door, rep):
    address = f"{PAGE}{rep.mandates.get().pk}/end/"

    assert (door.get(address).status_code, door.post(address).status_code) == (404, 404)


def test_lead_who_leaves_cannot_remove_the_last_other_lead(door, rep, member, make_user):
    other = make_representative(make_user("second@example.org"), member)
    today = timezone.localdate()
    rep.mandates.update(ends_on=today + DAY)
    address = f"{PAGE}{other.pk}/end/"

    form = door.post(address, opened(door, address) | {"ends_on": today.isoformat()}).context[
        "form"
    ]

    (problem,) = form.errors["__all__"]
    assert problem.startswith("Nobody would be lead representative of Kazan from ")
    other.refresh_from_db()
    assert other.ends_on is None


def test_leads_do_not_prolong_one_another(door, member, make_user):
    today = timezone.localdate()
    second = make_user("second@example.org")
    other = make_representative(second, member, ends_on=today + 40 * DAY)
    address = f"{PAGE}{other.pk}/end/"
    typed = {"ends_on": (today + 41 * DAY).isoformat()}

    form = door.post(address, opened(door, address) | typed).context["form"]

    assert form.errors == {
        "ends_on": ["The secretariat prolongs the mandate of a lead representative."]
    }
    other.refresh_from_db()
    assert other.ends_on == today + 40 * DAY


def test_last_day_of_all_is_taken(door, rep, member, make_user):
    rep.mandates.update(ends_on=timezone.localdate() + 60 * DAY)
    other = make_representative(make_user("second@example.org"), member)
    address = f"{PAGE}{other.pk}/end/"

    response = door.post(address, opened(door, address) | {"ends_on": "9999-12-31"})

    other.refresh_from_db()
    assert (response.status_code, other.ends_on) == (302, datetime.date.max)


def test_contributor_reads_and_changes_nothing(client_of, contributor, rep):
    door = client_of(contributor)
    pk = rep.mandates.get().pk

    html = door.get(PAGE).content.decode()
    codes = [
        door.post(PAGE, {"email": "x@example.org"}).status_code,
        door.get(f"{PAGE}{pk}/end/").status_code,
        door.post(f"{PAGE}{pk}/end/", {"ends_on": "2020-01-01"}).status_code,
    ]

    assert ("rep@example.org" in html, "Set the last day" in html) == (True, False)
    assert codes == [403, 403, 403]
    assert rep.mandates.get().ends_on is None


def test_rep_1_mandate_of_another_city_is_not_found(door, make_user):
    stranger = make_representative(make_user("s@example.org"), make_member("tver", "Тверь", "Tver"))
    addresses = [f"{PAGE}{stranger.pk}/end/", "/en/cabinet/tver/representatives/"]

    codes = [
        getattr(door, method)(one).status_code for one in addresses for method in ("get", "post")
    ]

    assert codes == [404] * 4
    assert Representative.objects.get(pk=stranger.pk).ends_on is None


def test_acc_4_invitation_is_not_sent_for_the_other_city(door, rep):
    make_representative(rep, make_member("tver", "Тверь", "Tver"))
    sent = invited(door)

    form = door.post("/en/cabinet/tver/representatives/", sent).context["form"]

    assert form.errors["__all__"] == [
        "This form was opened for another member. Nothing was saved; look again."
    ]
    assert Representative.objects.count() == 2


@pytest.mark.parametrize("count", [1, 8])
def test_page_of_representatives_asks_a_constant_number_of_queries(
    door, member, make_user, count, django_assert_max_num_queries
):
    for number in range(count):
        make_representative(make_user(f"p{number}@example.org"), member, role="contributor")

    with django_assert_max_num_queries(16):
        response = door.get(PAGE)

    assert len(response.context["people"]) == count + 1
