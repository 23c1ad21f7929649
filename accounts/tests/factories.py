"""People and invitations for tests."""

import itertools
import re
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation, Role, User
from accounts.roles import sync
from mailing.models import Message

PASSWORD = "correct horse battery"

_numbers = itertools.count(1)


def make_user(email: str = "", *, roles: Iterable[str] = (), password=PASSWORD, **fields) -> User:
    """Somebody who can sign in: the address is verified. `roles` are codes of staff roles."""
    email = email or f"person{next(_numbers)}@example.org"
    codes = [str(code) for code in roles]
    user = User.objects.create_user(
        email, password, **{"full_name": "Айгуль Садыкова", "is_staff": bool(codes), **fields}
    )
    user.groups.set(_group(code) for code in codes)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _group(code: str) -> Group:
    """The group of a role; a test with real transactions empties all tables, groups included."""
    if not Group.objects.filter(name=code).exists():
        sync()
    return Group.objects.get(name=code)


def make_representative(member, email: str = "", *, role="lead", **fields) -> User:
    """Somebody whose mandate for this member began today and is open."""
    user = make_user(email, **fields)
    member.representatives.create(user=user, role=role, starts_on=timezone.localdate())
    return user


def make_invitation(
    email="guest@example.org", role=Role.REPRESENTATIVE, by=None, language="ru", **fields
) -> Invitation:
    """An invitation that is on its way; `fields` are written into the row afterwards."""
    _user, invitation = invitations.invite(email, "Ольга Гость", language, role, by)
    if fields:
        Invitation.objects.filter(pk=invitation.pk).update(**fields)
        invitation.refresh_from_db()
    return invitation


def token_of(invitation: Invitation) -> str:
    """The token that the mail of this invitation carries."""
    mail = Message.objects.get(occasion=f"invitation:{invitation.pk}")
    return re.search(r"/accounts/invitation/([\w-]+)/", mail.text_body).group(1)
