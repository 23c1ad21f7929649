import datetime
import uuid

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import Invitation, Role, User
from accounts.tests.factories import make_invitation, make_user
from content import workqueue
from content.models import AuditEntry
from mailing.models import Message

pytestmark = pytest.mark.django_db

USERS = "/admin/accounts/user/"
INVITATIONS = "/admin/accounts/invitation/"


def form_of(user, **changes):
    """What the secretariat's form of this person sends."""
    row = {
        "full_name": user.full_name,
        "language": user.language,
        "time_zone": user.time_zone,
        "roles": roles.of(user),
        "is_active": "on" if user.is_active else "",
        "version": User.objects.get(pk=user.pk).version,
        **changes,
    }
    return {name: value for name, value in row.items() if value != ""}


def facts_of(user):
    user = User.objects.get(pk=user.pk)
    return (user.full_name, user.language, roles.of(user), user.is_staff, user.is_active)


@pytest.mark.parametrize("count", [1, 5])
def test_user_list_query_count_does_not_grow(client_of, lead, count, django_assert_num_queries):
    for _ in range(count):
        make_user(roles=[Role.EDITOR, Role.EVENTS])
    client = client_of(lead)
    client.get(USERS)

    # session, user, own permissions (2), two counts, the people, their groups
    with django_assert_num_queries(8):
        response = client.get(USERS)

    assert len(response.context["cl"].result_list) == count + 1


@pytest.mark.parametrize("count", [1, 5])
def test_invitation_list_query_count_does_not_grow(
    client_of, lead, count, django_assert_num_queries
):
    for number in range(count):
        make_invitation(f"guest{number}@example.org", role=Role.EDITOR, by=lead)
    client = client_of(lead)
    client.get(INVITATIONS)

    # session, user, own permissions (2), two counts, the invitations
    with django_assert_num_queries(7):
        response = client.get(INVITATIONS)

    assert len(response.context["cl"].result_list) == count


def test_inviting_from_the_admin_is_done_once_for_a_second_click(client_of, lead):
    client = client_of(lead)
    page = client.get(f"{INVITATIONS}add/")
    typed = {
        "email": "new@example.org",
        "full_name": "Новый Коллега",
        "language": "en",
        "role": "editor",
        "form_key": page.context["adminform"].form["form_key"].value(),
    }

    answers = [client.post(f"{INVITATIONS}add/", typed) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, INVITATIONS)] * 2
    assert list(Invitation.objects.values_list("email", "role", "created_by")) == [
        ("new@example.org", "editor", lead.pk)
    ]
    assert Message.objects.count() == 1


def test_impossible_invitation_keeps_what_was_typed(client_of, lead, editor):
    typed = {
        "email": editor.email,
        "full_name": "Редактор",
        "language": "ru",
        "role": "editor",
        "form_key": str(uuid.uuid4()),
    }

    response = client_of(lead).post(f"{INVITATIONS}add/", typed)

    form = response.context["adminform"].form
    assert response.status_code == 200
    assert form.non_field_errors().as_data()[0].message
    assert form["full_name"].value() == "Редактор"


def test_invitation_is_passed_on_from_the_admin(client_of, lead):
    invitation = make_invitation("mailbox@example.org")
    address = reverse("admin:accounts_invitation_readdress", args=[invitation.pk])
    client = client_of(lead)

    refused = client.post(address, {"email": "mailbox@example.org", "full_name": "Кто-то"})
    done = client.post(address, {"email": "right@example.org", "full_name": "Верный Адресат"})

    assert (refused.status_code, done.status_code) == (200, 302)
    user = User.objects.get(pk=invitation.user_id)
    assert (user.email, user.full_name) == ("right@example.org", "Верный Адресат")


def test_open_invitations_are_sent_again_and_withdrawn_by_action(client_of, lead):
    first = make_invitation("first@example.org")
    second = make_invitation("second@example.org", role=Role.EDITOR, by=lead)
    client = client_of(lead)

    client.post(INVITATIONS, {"action": "send_again", "_selected_action": [first.pk]})
    client.post(INVITATIONS, {"action": "withdraw", "_selected_action": [second.pk, first.pk]})

    states = [(one.email, one.state()) for one in Invitation.objects.order_by("pk")]
    assert states == [
        ("first@example.org", "revoked"),
        ("second@example.org", "revoked"),
        ("first@example.org", "open"),
    ]


def test_invitation_itself_is_not_edited(client_of, lead):
    invitation = make_invitation()

    client_of(lead).post(f"{INVITATIONS}{invitation.pk}/change/", {"email": "x@example.org"})

    invitation.refresh_from_db()
    assert invitation.email == "guest@example.org"


@pytest.mark.parametrize(
    ("state", "expected"), [("open", "new@example.org"), ("overdue", "old@example.org")]
)
def test_invitations_are_filtered_by_state(client_of, lead, state, expected):
    now = timezone.now()
    make_invitation("new@example.org")
    make_invitation("old@example.org", created_at=now - datetime.timedelta(days=8), expires_at=now)

    response = client_of(lead).get(INVITATIONS, {"state": state})

    assert [one.email for one in response.context["cl"].result_list] == [expected]


def test_overdue_invitations_wait_for_staff(lead, editor):
    now = timezone.now()
    make_invitation(created_at=now - datetime.timedelta(days=8), expires_at=now)

    queues = {
        queue.url: queue.count for queue in workqueue.queues_for(lead) if INVITATIONS in queue.url
    }
    others = [queue for queue in workqueue.queues_for(editor) if INVITATIONS in queue.url]

    assert (queues, others) == ({f"{INVITATIONS}?state=overdue": 1}, [])


def test_roles_and_standing_are_changed_by_form(client_of, lead):
    user = make_user(roles=[Role.EDITOR], full_name="Старое Имя")
    form = form_of(user, full_name="Новое Имя", roles=["translator", "events"], is_active="")

    response = client_of(lead).post(f"{USERS}{user.pk}/change/", form)

    assert response.status_code == 302
    assert facts_of(user) == ("Новое Имя", "ru", ["translator", "events"], True, False)


def test_form_opened_before_a_colleagues_change_overwrites_nothing(client_of, lead):
    user = make_user(full_name="Имя")
    stale = form_of(user, full_name="Моё")
    roles.assign(user, [Role.EDITOR], lead)

    response = client_of(lead).post(f"{USERS}{user.pk}/change/", stale)

    assert response.status_code == 200
    assert facts_of(user) == ("Имя", "ru", ["editor"], True, True)


def test_own_roles_and_standing_are_not_in_the_form(client_of, lead):
    form = form_of(lead, full_name="Новое Имя", roles=["editor"], is_active="")

    client_of(lead).post(f"{USERS}{lead.pk}/change/", form)

    assert facts_of(lead) == ("Новое Имя", "ru", ["lead"], True, True)


def test_superuser_is_changed_by_superusers_only(client_of, lead, superuser):
    form = form_of(superuser, full_name="Взлом", roles=[], is_active="")

    response = client_of(lead).post(f"{USERS}{superuser.pk}/change/", form)

    assert response.status_code == 403
    assert facts_of(superuser) == ("Айгуль Садыкова", "ru", [], True, True)


def test_form_can_neither_make_a_superuser_nor_change_an_address(client_of, lead):
    user = make_user("person@example.org")
    form = form_of(user, is_superuser="on", is_staff="on", email="x@example.org", password="x")

    client_of(lead).post(f"{USERS}{user.pk}/change/", form)

    row = User.objects.filter(pk=user.pk).values("email", "is_superuser", "is_staff").get()
    assert row == {"email": "person@example.org", "is_superuser": False, "is_staff": False}


def test_sessions_are_ended_by_action_and_each_refusal_is_told(client_of, lead, superuser):
    user = make_user("person@example.org", language="en")
    lead.language = "en"
    lead.save()
    signed_in = [client_of(person) for person in (user, superuser)]
    chosen = {"action": "end_sessions", "_selected_action": [user.pk, superuser.pk]}

    response = client_of(lead).post(USERS, chosen, follow=True)

    assert [one.get("/accounts/profile/").status_code for one in signed_in] == [302, 200]
    assert sorted(str(message) for message in response.context["messages"]) == [
        "person@example.org is signed out on all devices.",
        "superuser@example.org: You may not change this account.",
    ]
    told = AuditEntry.objects.values_list("verb", "actor", "object_id", "summary")
    assert [(verb, actor, int(pk), summary) for verb, actor, pk, summary in told] == [
        ("accounts.sessions.ended", lead.pk, user.pk, "person@example.org")
    ]


def test_nobody_is_added_or_deleted_row_by_row(client_of, superuser):
    user = make_user()
    client = client_of(superuser)

    assert client.get(f"{USERS}add/").status_code == 403
    assert client.post(f"{USERS}{user.pk}/delete/", {"post": "yes"}).status_code == 403


def test_side_doors_of_the_admin_are_shut():
    registered = {model._meta.label for model in admin.site._registry}

    assert (
        registered
        & {
            "account.EmailAddress",
            "account.EmailConfirmation",
            "auth.Group",
            "mfa.Authenticator",
            "usersessions.UserSession",
        }
        == set()
    )
