"""What a signed-in reader brings along: device, language, clock, second factor, private pages.

Without the session cookie nothing here reads the session, and nothing is paid for it.
"""

import hashlib
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from accounts import factors, languages
from accounts.models import User
from content.timezones import reader_zone

ASKED_EACH_TIME = "private, no-cache"
GetResponse = Callable[[HttpRequest], HttpResponse]

# Where staff without a second factor may go: to set one up, to prove who they are, and out.
SETTING_UP = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
)


def signed_in(request: HttpRequest) -> User | None:
    """Who is signed in. A visitor without a session cookie is not looked up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


class DevicesMiddleware:
    """Keeps a person's list of devices and sessions up to date, to five minutes.

    In place of allauth's own, which writes on every request.
    """

    seconds = 300

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if signed_in(request) and cache.add(self._key(request), 1, self.seconds):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)

    @staticmethod
    def _key(request: HttpRequest) -> str:
        """Another browser or another place makes another key: a change is noted at once."""
        told = (
            request.session.session_key,
            request.META.get("REMOTE_ADDR", ""),
            request.headers.get("X-Forwarded-For", ""),
            request.headers.get("User-Agent", ""),
        )
        return f"device:{hashlib.sha256(repr(told).encode()).hexdigest()}"


class ReaderLanguageMiddleware:
    """Pages whose address names no language come in the reader's.

    A link asks for one with `?language=`: it is kept on this device, and the address goes on
    without it (lists of the admin would take it for a filter).
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if languages.has_own_way(request.path_info):
            return self.get_response(request)
        if language := languages.wanted(request, signed_in(request)):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = self.get_response(request)
        if asked := languages.asked_for(request):
            self._keep(response, asked)
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        has_own_way = languages.has_own_way(request.path_info)
        if has_own_way or request.method != "GET" or not languages.asked_for(request):
            return None
        query = request.GET.copy()
        del query["language"]
        path = escape_leading_slashes(request.path)
        return HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)

    @staticmethod
    def _keep(response: HttpResponse, language: str) -> None:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


class ReaderTimeZoneMiddleware:
    """Moments are also told by the reader's clock, if they chose one."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = signed_in(request)
        if user is None or not user.time_zone:
            return self.get_response(request)
        token = reader_zone.set(user.zone)
        try:
            return self.get_response(request)
        finally:
            reader_zone.reset(token)


class SecondFactorMiddleware:
    """Staff without a second factor reach only the page that sets one up, and sign-out.

    Of others the views ask for it that say so: a view class with `needs_second_factor = True`.

    A session of theirs that has not shown the factor they have ends: somebody may have opened it
    with the password alone before there was one.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED:
            return None
        user = signed_in(request)
        if user is None or not (user.is_staff or _needs_factor(view)):
            return None
        if not is_mfa_enabled(user):
            return self._set_up(request)
        return None if factors.is_shown(request, user) else self._sign_in_again(request)

    @staticmethod
    def _set_up(request: HttpRequest) -> HttpResponse | None:
        if request.resolver_match.view_name in SETTING_UP:
            return None
        messages.warning(
            request,
            _("Set up a second factor first: the work of the secretariat needs it.")
            if request.user.is_staff
            else _("Set up a second factor first: the page you want needs it."),
        )
        return _private(HttpResponseRedirect(reverse("mfa_index")))

    @staticmethod
    def _sign_in_again(request: HttpRequest) -> HttpResponse:
        start = "admin:index" if request.user.is_staff else settings.LOGIN_REDIRECT_URL
        way_back = request.get_full_path() if request.method == "GET" else reverse(start)
        logout(request)
        messages.warning(request, _("Sign in once more, this time with your second factor."))
        return _private(redirect_to_login(way_back))


def _needs_factor(view) -> bool:
    return getattr(getattr(view, "view_class", None), "needs_second_factor", False)


def _private(response: HttpResponse) -> HttpResponse:
    if response.headers.get("Cache-Control") != ASKED_EACH_TIME:
        response.headers["Cache-Control"] = "private, no-store"
    return response


class PrivatePagesMiddleware:
    """No cache keeps what was made for a signed-in person, or what signs somebody in.

    A view that shows many pictures may say `ASKED_EACH_TIME`: the reader's own browser keeps them,
    and shows none before the portal has said that this person still may see it.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if signed_in(request) or settings.SESSION_COOKIE_NAME in response.cookies:
            return _private(response)
        return response
