"""How the portal uses allauth: accounts by invitation, mails by the outbox, secrets encrypted."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import languages, notices, vault
from accounts.models import User
from mailing import outbox
from mailing.cleaning import on_site
from mailing.models import normalised_address

# allauth's name of a mail -> our template. Both carry both languages.
LETTERS = {
    "account/email/password_reset_key": "accounts/mail/password_reset",
    "account/email/unknown_account": "accounts/mail/unknown_account",
    "account/email/email_confirmation": "accounts/mail/email_confirmation",
    "account/email/email_confirmation_signup": "accounts/mail/email_confirmation",
}


class PortalAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by themselves: accounts come by invitation."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether to send somebody on to `url` after sign-in: to this host only."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.is_staff:
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; too many, by account or by address, get the page that says so."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            response = respond_429(request)
            response.headers["Retry-After"] = "300"
            raise ImmediateHttpResponse(response) from None

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """From here on the person's own language rules, in place of the device's."""
        translation.activate(user.language)
        response = super().post_login(request, user, **kwargs)
        response.headers["Location"] = languages.in_language(
            response.headers["Location"], user.language
        )
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response

    def set_password(self, user: User, password: str) -> None:
        """Only the password is written: what staff changed meanwhile stays."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """An address by which somebody else signs in is not confirmed as this person's."""
        taken = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id)
        return not taken.exists() and super().confirm_email(request, email_address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write one of allauth's mails to the outbox, as a secret one."""
        user = context.get("user") or User.objects.filter(email=normalised_address(email)).first()
        if template_prefix in notices.ALLAUTH:
            if user is not None:
                notices.write(user, notices.ALLAUTH[template_prefix], email=email)
            return
        template = LETTERS[template_prefix]
        language = user.language if user else translation.get_language()
        link = context.get("password_reset_url") or context.get("activate_url") or ""
        outbox.write(
            occasion=f"{template.rpartition('/')[2]}:{uuid.uuid4()}",
            email=email,
            language=language,
            template=template,
            context={
                "name": user.full_name if user else "",
                "email": email,
                "url": f"{link}?language={language}" if link else "",
            },
            user=user,
            is_secret=True,
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _on_our_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation) -> str:
        return _on_our_site(super().get_email_confirmation_url(request, emailconfirmation))


class PortalMFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.decrypt(encrypted_text)


def _on_our_site(url: str) -> str:
    """Links in mails are made from SITE_URL, never from the host that a request names."""
    return on_site(urlsplit(url).path)
