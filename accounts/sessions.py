"""The sessions of a person: all of them end at once when their standing changes."""

from allauth.usersessions.models import UserSession
from django.db.models import F

from accounts.models import User


def end_all(user: User) -> None:
    """End every session of this person, on whatever device, from the next request on.

    `user` is brought up to date, so that a later save does not undo it.
    """
    User.objects.filter(pk=user.pk).update(
        session_stamp=F("session_stamp") + 1, version=F("version") + 1
    )
    user.refresh_from_db(fields=["session_stamp", "version"])
    for session in UserSession.objects.filter(user=user):
        session.end()
