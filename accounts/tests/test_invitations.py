import datetime
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, roles
from accounts.models import Invitation, Role, User
from accounts.tests.factories import make_invitation, make_user, token_of
from content.models import AuditEntry
from mailing.models import Message

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-password"
PASSWORDS = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def address_of(invitation):
    return reverse("accounts:accept_invitation", args=[token_of(invitation)])


def facts_of(user):
    user = User.objects.get(pk=user.pk)
    return {
        "active": user.is_active,
        "staff": user.is_staff,
        "roles": roles.of(user),
        "password": user.check_password(PASSWORD),
        "addresses": list(EmailAddress.objects.filter(user=user).values_list("email", "verified")),
    }


NOTHING = {"active": False, "staff": False, "roles": [], "password": False, "addresses": []}
EVERYTHING = {
    "active": True,
    "staff": True,
    "roles": ["editor"],
    "password": True,
    "addresses": [("guest@example.org", True)],
}


def test_acc_1_link_runs_out_after_seven_days(client, lead):
    invitation = make_invitation(role=Role.EDITOR, by=lead)
    assert invitation.expires_at - invitation.created_at == datetime.timedelta(days=7)
    now = timezone.now()
    Invitation.objects.update(created_at=now - datetime.timedelta(days=8), expires_at=now)

    shown = client.get(address_of(invitation))
    sent = client.post(address_of(invitation), PASSWORDS)

    assert (shown.status_code, sent.status_code) == (410, 410)
    assert shown.context["error"].code == sent.context["error"].code == "expired"
    assert facts_of(invitation.user) == NOTHING


def test_acc_1_link_works_until_the_last_moment(client, lead):
    invitation = make_invitation(role=Role.EDITOR, by=lead)
    Invitation.objects.update(expires_at=timezone.now() + datetime.timedelta(seconds=30))

    client.post(address_of(invitation), PASSWORDS)

    assert facts_of(invitation.user) == EVERYTHING


def test_acc_1_second_use_is_refused(client, lead):
    invitation = make_invitation(role=Role.EDITOR, by=lead)
    address = address_of(invitation)
    client.post(address, PASSWORDS)
    other = {"new_password1": "another-long-password", "new_password2": "another-long-password"}

    shown, sent = client.get(address), client.post(address, other)

    assert (shown.status_code, sent.status_code) == (410, 410)
    assert sent.context["error"].code == "used"
    assert facts_of(invitation.user) == EVERYTHING


def test_acc_1_other_browser_is_fine(client_of, lead):
    invitation = make_invitation(role=Role.EDITOR, by=lead)
    first, second = client_of(), client_of()
    assert first.get(address_of(invitation)).status_code == 200

    response = second.post(address_of(invitation), PASSWORDS)

    assert (response.status_code, response.url) == (302, "/accounts/login/?language=ru")
    assert facts_of(invitation.user) == EVERYTHING


def test_acc_1_only_staff_pass_an_invitation_on(client, client_of, lead):
    invitation = make_invitation("mailbox@example.org")
    old_address = address_of(invitation)
    for stranger in (make_user(), invitation.user):
        with pytest.raises(PermissionDenied):
            invitations.readdress(invitation, "thief@example.org", stranger)

    renewed = invitations.readdress(invitation, "Right@Example.org ", lead, "Руслан Верный")

    assert client.get(old_address).context["error"].code == "revoked"
    assert list(Message.objects.order_by("pk").values_list("email", flat=True)) == [
        "mailbox@example.org",
        "right@example.org",
    ]
    client.post(address_of(renewed), PASSWORDS)
    user = User.objects.get(pk=invitation.user_id)
    assert (user.email, user.full_name) == ("right@example.org", "Руслан Верный")
    assert facts_of(user)["addresses"] == [("right@example.org", True)]


def test_acc_1_holder_of_the_link_cannot_change_the_address(client, lead):
    invitation = make_invitation(role=Role.EDITOR, by=lead)

    client.post(
        address_of(invitation),
        {**PASSWORDS, "email": "thief@example.org", "role": "lead", "username": "x@example.org"},
    )

    assert facts_of(invitation.user) == EVERYTHING
    assert not User.objects.filter(email="thief@example.org").exists()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_the_link_uses_nothing_up(client, lead, method):
    invitation = make_invitation(role=Role.EDITOR, by=lead)

    getattr(client, method)(address_of(invitation))

    invitation.refresh_from_db()
    assert invitation.state() == "open"
    assert facts_of(invitation.user) == NOTHING


def test_link_is_kept_from_other_sites_and_caches(client):
    response = client.get(address_of(make_invitation()))

    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.content.decode()


def test_link_that_never_existed_is_not_found(client):
    response = client.get(reverse("accounts:accept_invitation", args=["made-up"]))

    assert response.status_code == 404
    assert response.context["error"].code == "unknown"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"new_password1": "short", "new_password2": "short"}, "new_password2"),
        ({"new_password1": PASSWORD, "new_password2": "something-else"}, "new_password2"),
        ({}, "new_password1"),
    ],
)
def test_unfit_password_is_refused_and_the_link_stays_good(client, typed, field):
    invitation = make_invitation()

    response = client.post(address_of(invitation), typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors)[:1] == [field]
    invitation.refresh_from_db()
    assert invitation.state() == "open"


@pytest.mark.parametrize(
    ("language", "title"), [("ru", "Принять приглашение"), ("en", "Accept the invitation")]
)
def test_page_speaks_the_language_of_the_invited(client, language, title):
    response = client.get(address_of(make_invitation(language=language)))

    assert response.headers["Content-Language"] == language
    assert f'lang="{language}"' in response.content.decode()[:200]
    if language == "en":
        assert title in response.content.decode()


def test_invitation_is_mailed_as_a_secret_and_stored_hashed(lead):
    invitation = make_invitation(role=Role.EDITOR, by=lead)

    mail_row = Message.objects.get()
    assert (mail_row.email, mail_row.is_secret) == ("guest@example.org", True)
    assert mail_row.expires_at == invitation.expires_at
    assert f"http://testserver/accounts/invitation/{token_of(invitation)}/" in mail_row.html_body
    assert token_of(invitation) not in repr(Invitation.objects.values().get())


def test_inviting_again_replaces_what_was_open(lead, client):
    first = make_invitation(role=Role.EDITOR, by=lead)
    second = make_invitation(role=Role.EDITOR, by=lead)

    assert second.user == first.user
    assert client.get(address_of(first)).context["error"].code == "revoked"
    assert client.get(address_of(second)).status_code == 200


def test_two_open_invitations_to_one_role_cannot_be_stored():
    first = make_invitation()
    second = make_invitation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=first.pk).update(revoked_at=None)

    assert list(Invitation.objects.open()) == [second]


def test_resending_makes_a_fresh_link(lead, client):
    invitation = make_invitation(by=lead)
    Invitation.objects.update(
        created_at=timezone.now() - datetime.timedelta(days=9),
        expires_at=timezone.now() - datetime.timedelta(days=2),
    )

    renewed = invitations.resend(invitation, lead)

    assert client.get(address_of(invitation)).context["error"].code == "revoked"
    assert client.get(address_of(renewed)).status_code == 200


def test_withdrawn_invitation_cannot_be_used_or_changed(lead, client):
    invitation = make_invitation(by=lead)
    invitations.revoke(invitation, lead)

    assert client.post(address_of(invitation), PASSWORDS).context["error"].code == "revoked"
    for deed in (invitations.resend, invitations.revoke):
        with pytest.raises(invitations.InvitationError) as caught:
            deed(invitation, lead)
        assert caught.value.code == "revoked"


def test_passing_on_takes_all_open_invitations_of_the_account_along(lead):
    make_invitation("mailbox@example.org", role=Role.REPRESENTATIVE)
    editor = make_invitation("mailbox@example.org", role=Role.EDITOR, by=lead)

    renewed = invitations.readdress(editor, "right@example.org", lead)

    assert renewed.role == "editor"
    still_open = Invitation.objects.open().order_by("role")
    assert [(one.role, one.email) for one in still_open] == [
        ("editor", "right@example.org"),
        ("representative", "right@example.org"),
    ]


@pytest.mark.parametrize(
    ("email", "code"),
    [("mailbox@example.org", "same_address"), ("taken@example.org", "address_taken")],
)
def test_passing_on_to_an_unfit_address_changes_nothing(lead, email, code):
    make_user("taken@example.org")
    invitation = make_invitation("mailbox@example.org")

    with pytest.raises(invitations.InvitationError) as caught:
        invitations.readdress(invitation, email, lead)

    assert caught.value.code == code
    invitation.refresh_from_db()
    assert (invitation.state(), invitation.user.email) == ("open", "mailbox@example.org")


def test_account_in_use_keeps_its_address(lead):
    user = make_user("person@example.org")
    _user, invitation = invitations.invite(user.email, "", "ru", Role.EDITOR, lead)

    with pytest.raises(invitations.InvitationError) as caught:
        invitations.readdress(invitation, "right@example.org", lead)

    assert caught.value.code == "account_in_use"


def test_existing_account_accepts_a_role_without_a_new_password(client, lead):
    user = make_user("person@example.org", password=PASSWORD)
    _user, invitation = invitations.invite("Person@example.org", "", "ru", Role.EDITOR, lead)
    page = client.get(address_of(invitation))

    client.post(address_of(invitation), {"new_password1": "x", "new_password2": "x"})

    assert page.context["form"] is None
    assert facts_of(user) == EVERYTHING | {"addresses": [("person@example.org", True)]}


def test_nothing_is_mailed_where_nothing_is_left_to_accept(lead):
    user = make_user("person@example.org")

    invited = invitations.invite("person@example.org", "", "ru", Role.REPRESENTATIVE, lead)

    assert invited == (user, None)
    assert list(Message.objects.all()) == []


def test_disabled_account_is_let_in_again_only_by_those_who_may(editor, lead, client):
    make_user("gone@example.org", is_active=False)

    with pytest.raises(PermissionDenied):
        invitations.invite("gone@example.org", "", "ru", Role.REPRESENTATIVE, editor)
    _user, invitation = invitations.invite("gone@example.org", "", "ru", "representative", lead)
    client.post(address_of(invitation), PASSWORDS)

    user = User.objects.get(email="gone@example.org")
    assert (user.is_active, user.check_password(PASSWORD)) == (True, True)


@pytest.mark.parametrize("role", [Role.LEAD, Role.EDITOR])
def test_only_those_who_may_invite_to_the_staff(editor, role):
    with pytest.raises(PermissionDenied):
        invitations.invite("friend@example.org", "Друг", "ru", role, editor)

    assert list(User.objects.values_list("email", flat=True)) == ["editor@example.org"]


def test_role_somebody_has_is_not_given_twice(lead, editor):
    with pytest.raises(invitations.InvitationError) as caught:
        invitations.invite(editor.email, "", "ru", Role.EDITOR, lead)

    assert caught.value.code == "has_role"


def test_somebody_signed_in_is_signed_out_when_another_account_is_accepted(client_of, lead):
    invitation = make_invitation()
    client = client_of(lead)
    page = client.get(address_of(invitation))

    client.post(address_of(invitation), PASSWORDS)

    assert page.context["other_visitor"] == lead
    assert "_auth_user_id" not in client.session


def test_every_step_is_in_the_audit_log(lead, client):
    invitation = make_invitation(role=Role.EDITOR, by=lead)
    renewed = invitations.readdress(invitation, "right@example.org", lead)
    client.post(address_of(renewed), PASSWORDS)

    log = AuditEntry.objects.order_by("pk").values_list("verb", "actor", "summary")
    assert list(log) == [
        ("accounts.invitation.sent", lead.pk, "guest@example.org: editor"),
        ("accounts.invitation.readdressed", lead.pk, "guest@example.org: editor"),
        ("accounts.invitation.sent", lead.pk, "right@example.org: editor"),
        ("accounts.roles.changed", None, "right@example.org"),
        ("accounts.invitation.accepted", invitation.user_id, "right@example.org: editor"),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"accepted_at": timezone.now(), "revoked_at": timezone.now()},
        {"expires_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_impossible_invitation_cannot_be_stored(fields):
    invitation = make_invitation()

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**fields)


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_one_link_at_once_one_wins():
    lead = make_user("lead@example.org", roles=[Role.LEAD])
    invitation = make_invitation(role=Role.EDITOR, by=lead)
    token = mail.outbox[0].body.split("/accounts/invitation/")[1].split("/")[0]
    start, outcomes = threading.Barrier(2), []

    def accept(password):
        start.wait()
        try:
            invitations.accept(token, password)
            outcomes.append(("accepted", password))
        except invitations.InvitationError as error:
            outcomes.append((error.code, password))
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[f"a-long-password-{n}"]) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    won = dict(outcomes)
    assert sorted(won) == ["accepted", "used"]
    assert User.objects.get(pk=invitation.user_id).check_password(won["accepted"])


def test_letter_says_until_when_in_both_languages(lead):
    invitations.invite("new@example.org", "New", "en", Role.EDITOR, lead)

    letter = Message.objects.get(email="new@example.org")

    assert "function" not in letter.text_body
    assert "time (UTC+3)" in letter.text_body
    assert "по Казани (UTC+3)" in letter.text_body
