"""Who signs in: people with an e-mail address, and the invitations that bring them here."""

import zoneinfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.timezones import validate_time_zone
from mailing.models import normalised_address


class Role(models.TextChoices):
    """Why somebody has an account. Staff roles are groups with permissions (`roles.py`)."""

    LEAD = "lead", _("secretariat lead")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    EVENTS = "events", _("events officer")
    AWARDS = "awards", _("awards officer")
    RATINGS = "ratings", _("ratings officer")
    FINANCE = "finance", _("finance officer")
    REPRESENTATIVE = "representative", _("representative of a member")
    JUROR = "juror", _("juror")
    EXPERT = "expert", _("expert")
    DELEGATE = "delegate", _("delegate")


OUTSIDE_ROLES = {Role.REPRESENTATIVE, Role.JUROR, Role.EXPERT, Role.DELEGATE}
STAFF_ROLES = [role for role in Role if role not in OUTSIDE_ROLES]


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        """A user with a lower-case address; without a password nobody can sign in as them."""
        user = self.model(email=normalised_address(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=normalised_address(email))


class User(Versioned, AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("This address has an account.")}
    )
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("ru", "Русский"), ("en", "English")],
        default="ru", help_text=_("Pages after sign-in and mails come in this language first."),
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, validators=[validate_time_zone]
    )
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("account since"), default=timezone.now)
    # Part of what every session is bound to: raising it ends all sessions of this person.
    session_stamp = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        permissions = [
            ("invite_staff", "Can invite staff and change their roles"),
            ("reset_second_factor", "Can reset the second factor of another person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="accounts_user_email_lower_case"
            )
        ]

    def __str__(self):
        return self.full_name or self.email

    def save(self, *args, **kwargs):
        self.email = normalised_address(self.email)
        if set(kwargs.get("update_fields") or ()) == {"last_login"}:
            # Signing in is no edit: it must not make a colleague's open form outdated.
            super(Versioned, self).save(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def get_full_name(self):
        return self.full_name or self.email

    def get_short_name(self):
        return self.full_name or self.email

    def _get_session_auth_hash(self, secret=None):
        """What a session must match: Django's own ties it to the password, we to the stamp too."""
        return salted_hmac(
            "accounts.User.get_session_auth_hash",
            f"{self.session_stamp}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The reader's time zone; the association's when they chose none, or one now unknown."""
        try:
            return zoneinfo.ZoneInfo(self.time_zone or settings.ASSOCIATION_TIME_ZONE)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo(settings.ASSOCIATION_TIME_ZONE)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor revoked; some may have run out."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def usable(self, at=None):
        """Those whose link works at a moment."""
        return self.open().filter(expires_at__gt=at or timezone.now())

    def overdue(self, at=None):
        """Open ones whose link has run out: nobody came, staff may send another."""
        return self.open().filter(expires_at__lte=at or timezone.now())


class Invitation(models.Model):
    """A single-use link to one address for one role. The link itself is in the mail only."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        OVERDUE = "overdue", _("link has run out")
        ACCEPTED = "accepted", _("accepted")
        REVOKED = "revoked", _("revoked")

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("user")
    )
    email = models.EmailField(_("sent to"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("sent by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("sent"), default=timezone.now)
    expires_at = models.DateTimeField(_("link works until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="accounts_invitation_not_both",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="accounts_invitation_expires_later",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="accounts_invitation_one_open",
            ),
        ]

    def __str__(self):
        return f"{self.email}: {self.get_role_display()}"

    def state(self, at=None) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        is_over = self.expires_at <= (at or timezone.now())
        return self.State.OVERDUE if is_over else self.State.OPEN


class SignInCounter(models.Model):
    """What the limits on sign-in count while the cache is gone (`counters.py`)."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="accounts_signincounter_age")]

    def __str__(self):
        return self.key
