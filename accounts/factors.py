"""Second factors and sessions: which session has shown one, and what a first factor ends."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts import sessions
from accounts.models import User


def is_shown(request: HttpRequest, user: User) -> bool:
    """Whether this session of `user` was opened or confirmed with a second factor or a passkey."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def after_adding(
    request: HttpRequest, user: User, authenticator: Authenticator, **_others: object
) -> None:
    """With the first factor all other sessions end: whoever opened them never showed one.

    Receives allauth's `authenticator_added`. This session goes on, for it has just shown the new
    factor. A further factor changes nothing, and proves nothing of the session that adds it.
    """
    factors = Authenticator.objects.filter(user=user).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    is_factor = authenticator.type != Authenticator.Type.RECOVERY_CODES
    if is_factor and not factors.filter(pk__lt=authenticator.pk).exists():
        sessions.end_others(request)
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
