"""Disabling, roles and passwords: what ends sessions, and who may do what to whom."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import roles, sessions, standing
from accounts.models import STAFF_ROLES, Role, User
from accounts.tests.factories import PASSWORD, make_invitation, make_user
from content.models import AuditEntry

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"


def is_signed_in(client):
    return client.get(PROFILE).status_code == 200


def test_disabling_ends_all_sessions_at_once_and_for_good(client_of, lead):
    user = make_user()
    phone, desk = client_of(user), client_of(user)
    assert [is_signed_in(phone), is_signed_in(desk)] == [True, True]

    standing.disable(user, lead)
    disabled = [is_signed_in(phone), is_signed_in(desk)]
    standing.enable(user, lead)
    enabled = [is_signed_in(phone), is_signed_in(desk)]

    assert (disabled, enabled) == ([False, False], [False, False])
    assert UserSession.objects.filter(user=user).count() == 0


def test_disabling_withdraws_open_invitations(lead):
    user = make_user()
    invitation = make_invitation(user.email, role=Role.EDITOR, by=lead)

    standing.disable(user, lead)

    invitation.refresh_from_db()
    assert invitation.state() == "revoked"


def test_change_of_roles_ends_sessions(client_of, lead):
    user = make_user(roles=[Role.EDITOR])
    client = client_of(user)
    assert is_signed_in(client)

    roles.assign(user, [Role.TRANSLATOR], lead)

    assert not is_signed_in(client)
    user.refresh_from_db()
    assert (roles.of(user), user.is_staff) == (["translator"], True)


def test_same_roles_again_end_nothing(client_of, lead, editor):
    client = client_of(editor)

    roles.assign(editor, ["editor"], lead)

    assert is_signed_in(client)
    assert list(AuditEntry.objects.all()) == []


def test_who_loses_the_last_role_leaves_the_admin(client_of, lead, editor):
    roles.assign(editor, [], lead)
    editor.refresh_from_db()

    assert client_of(editor).get("/admin/", follow=True).status_code == 403
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes) == ("accounts.roles.changed", {"roles": [["editor"], []]})


def test_change_of_password_ends_all_sessions(client_of):
    user = make_user()
    other, own = client_of(user), client_of(user)
    typed = {
        "oldpassword": PASSWORD,
        "password1": "another-long-one",
        "password2": "another-long-one",
    }

    own.post(reverse("account_change_password"), typed)

    assert [is_signed_in(other), is_signed_in(own)] == [False, False]


def test_password_set_meanwhile_does_not_undo_what_staff_did(client_of, lead):
    """The person's request holds an older copy of the row than the database."""
    from allauth.account.adapter import get_adapter

    stale = make_user()
    standing.disable(stale, lead)

    get_adapter().set_password(stale, "another-long-one")

    user = User.objects.get(pk=stale.pk)
    assert (user.is_active, user.session_stamp) == (False, 1)


def test_ending_sessions_is_not_undone_by_a_later_save(client_of):
    user = make_user()
    client = client_of(user)
    sessions.end_all(user)
    user.save()

    assert not is_signed_in(client)


def test_who_ends_the_sessions_of_others_and_ones_own(client_of, lead, editor, superuser):
    own = client_of(lead)
    standing.end_sessions(editor, lead)
    standing.end_sessions(lead, lead)

    for target, by in ((superuser, lead), (lead, editor)):
        with pytest.raises(PermissionDenied):
            standing.end_sessions(target, by)

    assert not is_signed_in(own)
    told = AuditEntry.objects.order_by("pk").values_list("verb", "actor", "summary")
    assert list(told) == [
        ("accounts.sessions.ended", lead.pk, "editor@example.org"),
        ("accounts.sessions.ended", lead.pk, "lead@example.org"),
    ]


def test_signing_in_is_no_edit(client):
    user = make_user()
    before = User.objects.get(pk=user.pk).version

    client.force_login(user)

    assert User.objects.get(pk=user.pk).version == before


@pytest.mark.parametrize("deed", [standing.disable, standing.enable])
def test_nobody_changes_their_own_standing_or_that_of_those_above(deed, lead, editor, superuser):
    for target, by in ((lead, lead), (superuser, lead), (lead, editor), (superuser, superuser)):
        with pytest.raises(PermissionDenied):
            deed(target, by)

    assert User.objects.filter(is_active=True).count() == 3


def test_who_has_no_password_is_invited_instead_of_enabled(lead):
    with pytest.raises(PermissionDenied):
        standing.enable(make_invitation().user, lead)


def test_representative_is_no_staff_role(lead):
    with pytest.raises(ValueError, match="representative"):
        roles.assign(make_user(), [Role.REPRESENTATIVE], lead)


def test_every_permission_of_a_role_exists():
    assert roles.sync().unknown == []


def test_every_staff_role_has_its_list():
    assert list(roles.DEEDS) == STAFF_ROLES


def test_syncing_roles_twice_changes_nothing_more(capsys):
    from django.contrib.auth.models import Group, Permission

    editor = Group.objects.get(name="editor")
    editor.permissions.remove(Permission.objects.get(codename="change_article"))
    editor.permissions.add(Permission.objects.get(codename="delete_article"))

    call_command("sync_roles")
    call_command("sync_roles")

    assert capsys.readouterr().out.splitlines() == [
        "editor: may news.change_article",
        "editor: may no longer news.delete_article",
        "The roles are as they should be.",
    ]


def test_permission_that_no_model_has_stops_the_command(monkeypatch):
    monkeypatch.setitem(roles.DEEDS, Role.AWARDS, {"awards.nothing": ("view",)})

    with pytest.raises(CommandError, match=r"awards\.view_nothing"):
        call_command("sync_roles")


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_only_the_lead_touches_accounts(role):
    own = [name for name in roles.permissions_of(role) if name.startswith("accounts.")]

    assert bool(own) == (role == Role.LEAD)
