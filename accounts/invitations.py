"""Invitations: the only way to an account. Single use, bound to one address and one role."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import STAFF_ROLES, Invitation, Role, User
from content import audit, secretlinks
from content.dates import moment_text
from mailing import outbox
from mailing.cleaning import on_site
from mailing.models import normalised_address

LIFETIME = datetime.timedelta(days=7)


class InvitationError(Exception):
    """Why an invitation cannot be made or used: `code`, and `message` for the reader."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code)
        self.code = code
        self.message = message


def unknown() -> InvitationError:
    return InvitationError("unknown", _("This link is not complete, or it never existed."))


def reason_against(invitation: Invitation) -> InvitationError | None:
    """Why this invitation cannot be used now; None when it can."""
    if invitation.accepted_at:
        return InvitationError("used", _("This invitation was already used."))
    if invitation.revoked_at:
        return InvitationError("revoked", _("This invitation was withdrawn or replaced."))
    if invitation.expires_at <= timezone.now():
        return InvitationError("expired", _("This invitation ran out: links work for 7 days."))
    return None


@transaction.atomic
def invite(
    email: str, full_name: str, language: str, role: str, by: User | None, time_zone: str = ""
) -> tuple[User, Invitation | None]:
    """Invite an address to a role; the user (inactive until they accept) and the invitation.

    An account of that address is used if there is one; an invitation to the same role that was
    still open is replaced. Where nothing is left to accept (somebody who signs in already is
    invited to a role outside the staff) the invitation is None and no mail is written.
    `by` is None for commands. Raises PermissionDenied when `by` may not invite to a staff role or
    may not let this disabled account in again, InvitationError("has_role") when the person has it.
    """
    user = _account_of(email) or _new_account(email, full_name, language, time_zone)
    user = User.objects.select_for_update().get(pk=user.pk)
    if role in STAFF_ROLES:
        roles.refuse_unless_manageable(by, user)
        if user.is_active and role in roles.of(user):
            raise InvitationError("has_role", _("This person has this role already."))
    elif not needs_password(user):
        return user, None
    elif user.has_usable_password():  # disabled: to let them in again is for those who may do it
        roles.refuse_unless_manageable(by, user)
    user.invitations.open().filter(role=role).update(revoked_at=timezone.now())
    return user, _send(user, normalised_address(email), role, by)


def find(token: str) -> Invitation:
    """The invitation of a link that can be used now; changes nothing. Raises InvitationError."""
    invitation = (
        Invitation.objects.select_related("user")
        .filter(token_hash=secretlinks.hashed(token))
        .first()
    )
    if invitation is None:
        raise unknown()
    if error := reason_against(invitation):
        raise error
    return invitation


def needs_password(user: User) -> bool:
    """Whether accepting sets a password: for accounts that nobody can sign in to now."""
    return not (user.is_active and user.has_usable_password())


@transaction.atomic
def accept(token: str, password: str = "") -> User:
    """Use an invitation: activates the account, verifies its address, grants a staff role.

    `password` is set for new and for disabled accounts; that of an account in use stays.
    Two calls with one token: one wins. Raises InvitationError, ValueError without a password
    where one is needed.
    """
    owner = User.objects.filter(invitations__token_hash=secretlinks.hashed(token))
    user = owner.select_for_update(of=("self",)).first()
    if user is None:
        raise unknown()
    invitation = find(token)  # read again, now under the lock of the account
    if needs_password(user):
        if not password:
            raise ValueError("A password is needed to accept this invitation.")
        user.set_password(password)
        user.is_active = True
        user.save(update_fields=["password", "is_active"])
    _verify(user, invitation.email)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    if invitation.role in STAFF_ROLES:
        roles.assign(user, {*roles.of(user), invitation.role}, by=None)
    audit.record("accounts.invitation.accepted", user, user, _summary(invitation))
    user.refresh_from_db()
    return user


@transaction.atomic
def resend(invitation: Invitation, by: User) -> Invitation:
    """Send a fresh link to the same address; the old one stops working at once.

    Raises PermissionDenied, InvitationError when the invitation is used or withdrawn.
    """
    user, invitation = _open_for_change(invitation, by)
    return _replace(user, invitation, invitation.email, by)


@transaction.atomic
def readdress(invitation: Invitation, email: str, by: User, full_name: str = "") -> Invitation:
    """Pass an invitation on to the right person: the account gets their address, a new link goes
    there, and every link sent before stops working. Staff only.

    Raises PermissionDenied; InvitationError when the invitation is used or withdrawn, when its
    account is in use already, when the address is the same or has an account of its own.
    """
    user, invitation = _open_for_change(invitation, by)
    address = normalised_address(email)
    if not needs_password(user):
        raise InvitationError(
            "account_in_use",
            _("This person signs in already and changes the address on their own pages."),
        )
    if address == invitation.email:
        raise InvitationError("same_address", _("It was sent to this address. Send it again."))
    if _account_of(address):
        raise InvitationError(
            "address_taken",
            _("This address has an account. Withdraw this invitation and invite that person."),
        )
    former, user.email = user.email, address
    user.full_name = full_name or user.full_name
    user.save(update_fields=["email", "full_name"])
    EmailAddress.objects.filter(user=user).delete()
    changes = {"email": [former, address]}
    audit.record("accounts.invitation.readdressed", user, by, _summary(invitation), changes)
    still_open = user.invitations.open().order_by("pk")
    renewed = {one.role: _replace(user, one, address, by) for one in still_open}
    return renewed[invitation.role]


@transaction.atomic
def revoke(invitation: Invitation, by: User) -> None:
    """Withdraw an invitation: its link stops working. Raises as `resend` does."""
    user, invitation = _open_for_change(invitation, by)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit.record("accounts.invitation.revoked", user, by, _summary(invitation))


def _summary(invitation: Invitation) -> str:
    return f"{invitation.email}: {invitation.role}"


def _account_of(email: str) -> User | None:
    address = normalised_address(email)
    if user := User.objects.filter(email=address).first():
        return user
    verified = EmailAddress.objects.filter(email=address, verified=True).select_related("user")
    return row.user if (row := verified.first()) else None


def _new_account(email: str, full_name: str, language: str, time_zone: str) -> User:
    user, _is_new = User.objects.get_or_create(
        email=normalised_address(email),
        defaults={
            "full_name": full_name,
            "language": language,
            "time_zone": time_zone,
            "password": make_password(None),
            "is_active": False,
        },
    )
    return user


def _open_for_change(invitation: Invitation, by: User) -> tuple[User, Invitation]:
    """Lock account and invitation for somebody who may change them, while it is open."""
    if not by.has_perm("accounts.change_invitation"):
        raise PermissionDenied(_("Only the secretariat may change an invitation."))
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    roles.refuse_unless_manageable(by, user)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    error = reason_against(invitation)
    if error and error.code != "expired":
        raise error
    return user, invitation


def _replace(user: User, invitation: Invitation, email: str, by: User) -> Invitation:
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    return _send(user, email, invitation.role, by)


def _send(user: User, email: str, role: str, by: User | None) -> Invitation:
    token = secretlinks.new_token()
    now = timezone.now()
    invitation = Invitation.objects.create(
        user=user,
        email=email,
        role=role,
        token_hash=secretlinks.hashed(token),
        created_by=by,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    audit.record("accounts.invitation.sent", user, by, _summary(invitation))
    path = reverse("accounts:accept_invitation", args=[token])
    outbox.write(
        occasion=f"invitation:{invitation.pk}",
        email=email,
        language=user.language,
        template="accounts/mail/invitation",
        context={
            "name": user.full_name,
            "email": email,
            "role": Role(role).label,
            "url": on_site(path),
            "until": lambda: moment_text(invitation.expires_at, user.zone),
            "needs_password": needs_password(user),
        },
        user=user,
        is_secret=True,
        expires_at=invitation.expires_at,
    )
    return invitation


def _verify(user: User, email: str) -> None:
    is_primary = email == user.email
    if is_primary:
        EmailAddress.objects.filter(user=user).exclude(email=email).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": is_primary}
    )
