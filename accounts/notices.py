"""Mails that tell a person what was changed on their sign-in: by them, one hopes."""

import uuid

from accounts.models import User
from mailing import outbox

# allauth's name of a notice -> ours. The sentences stand in accounts/mail/notice_*.
ALLAUTH = {
    "account/email/email_changed": "email_changed",
    "account/email/email_confirm": "email_confirmed",
    "account/email/email_deleted": "email_deleted",
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_changed",
    "account/email/password_set": "password_changed",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
    "mfa/email/totp_activated": "second_factor_added",
    "mfa/email/totp_deactivated": "second_factor_removed",
    "mfa/email/webauthn_added": "second_factor_added",
    "mfa/email/webauthn_removed": "second_factor_removed",
}


def write(user: User, what: str, email: str = "") -> None:
    """Tell `user` by mail what happened; `email` when it goes to a former address."""
    outbox.write(
        occasion=f"account_notice:{uuid.uuid4()}",
        email=email or user.email,
        language=user.language,
        template="accounts/mail/notice",
        context={"name": user.full_name, "what": what},
        user=user,
    )
