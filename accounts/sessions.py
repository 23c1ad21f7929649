"""The sessions of a person: all of them end at once when their standing changes."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from accounts.models import User


def end_all(user: User) -> None:
    """End every session of this person, on whatever device, from the next request on.

    `user` is brought up to date, so that a later save does not undo it.
    """
    _raise_stamp(user)
    _forget_devices(user)


def end_others(request: HttpRequest) -> None:
    """End every session of whoever is signed in here except this one, which gets a new key."""
    _raise_stamp(request.user)
    update_session_auth_hash(request, request.user)
    _forget_devices(request.user)
    UserSession.objects.create_from_request(request)


def _raise_stamp(user: User) -> None:
    User.objects.filter(pk=user.pk).update(
        session_stamp=F("session_stamp") + 1, version=F("version") + 1
    )
    user.refresh_from_db(fields=["session_stamp", "version"])


def _forget_devices(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()
