"""What was typed into a form whose sign-in had run out: shown again after the next sign-in.

It waits in the session of the visitor, which the sign-in takes over; nothing of it is saved before
the person looks at it and presses the button again. Files are not kept.
"""

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, QueryDict

KEY = "typed_before_sign_in"
LONGEST = 300_000  # characters; a section full of the longest texts


def keep(request: HttpRequest) -> None:
    """Remember a posted form of somebody who is signed out, where a sign-in was there before."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    # Nobody is known here: whoever comes without an account fills no database with sessions.
    if not ratelimit.consume(request, action="typed_while_signed_out"):
        return
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode()
    if len(text) <= LONGEST * 6:  # as an address spells it, a Russian letter takes six signs
        request.session[KEY] = {"path": request.path, "typed": text}


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed into the form of this address, once; None where nothing waits."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(kept["typed"])
