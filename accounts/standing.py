"""What the secretariat does to an account: disable, enable, end sessions, reset a lost factor."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import notices, roles, sessions
from accounts.models import User
from content import audit


@transaction.atomic
def disable(user: User, by: User) -> None:
    """Lock a person out: sessions end at once, open invitations are revoked.

    Raises PermissionDenied for one's own account and for those above one's own.
    """
    user = _locked(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.invitations.open().update(revoked_at=timezone.now())
    sessions.end_all(user)
    audit.record("accounts.user.disabled", user, by, user.email, {"is_active": [True, False]})


@transaction.atomic
def enable(user: User, by: User) -> None:
    """Let a disabled person sign in again with the password they had.

    Who never had one is invited instead. Raises PermissionDenied as `disable` does.
    """
    user = _locked(user, by)
    if not user.has_usable_password():
        raise PermissionDenied(_("This person has no password yet: send an invitation."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("accounts.user.enabled", user, by, user.email, {"is_active": [False, True]})


@transaction.atomic
def end_sessions(user: User, by: User) -> None:
    """Sign a person out on all devices; one's own account is no exception.

    Raises PermissionDenied for those above one's own.
    """
    roles.refuse_unless_manageable(by, user)
    sessions.end_all(user)
    audit.record("accounts.sessions.ended", user, by, user.email)


@transaction.atomic
def reset_second_factor(user: User, by: User) -> int:
    """Remove all second factors of somebody who lost theirs; the number of those removed.

    Sessions end; at the next sign-in staff are led to set up a new one. The person is told by
    mail. Raises PermissionDenied for one's own account: another one has to do it.
    """
    if not by.has_perm("accounts.reset_second_factor"):
        raise PermissionDenied(_("You may not change this account."))
    user = _locked(user, by)
    kinds = sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    audit.record("accounts.second_factor.reset", user, by, user.email, {"factors": [kinds, []]})
    notices.write(user, "second_factor_reset")
    return len(kinds)


def _locked(user: User, by: User) -> User:
    if user.pk == by.pk:
        raise PermissionDenied(_("Somebody else has to do this to your own account."))
    roles.refuse_unless_manageable(by, user)
    return User.objects.select_for_update().get(pk=user.pk)
