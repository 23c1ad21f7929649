"""Who reads the newsletter: one row per address, whatever became of it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.models import Topic
from mailing.models import normalised_address


def address_hash(email: str) -> str:
    """What is kept of an address that has left: it cannot be read, only recognised."""
    return salted_hmac(
        "newsletter.address", normalised_address(email), algorithm="sha256"
    ).hexdigest()


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        """Those who get the next issue."""
        return self.filter(state=Subscription.State.ACTIVE)

    def of_address(self, email: str):
        """The row of an address, in whatever spelling and state; at most one."""
        return self.filter(address_hash=address_hash(email))


class Subscription(models.Model):
    """Confirmed by a link in a letter. Who has left is a hash: a second click finds it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a subscription", "not confirmed yet")
        ACTIVE = "active", pgettext_lazy("state of a subscription", "active")
        PAUSED = "paused", pgettext_lazy("state of a subscription", "paused: mail came back")
        LEFT = "left", pgettext_lazy("state of a subscription", "has left")

    class Source(models.TextChoices):
        SITE = "site", pgettext_lazy("source of a subscription", "form of the site")
        STAFF = "staff", pgettext_lazy("source of a subscription", "entered by the secretariat")

    # Part of every link of its letters, signed (`links.py`).
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), null=True, blank=True)  # noqa: DJ001 - left: no address
    address_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=[("ru", "Русский"), ("en", "English")], default="ru"
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", verbose_name=_("topics"),
        help_text=_("Empty: everything."),
    )  # fmt: skip
    # Codes of `sources.py`; empty: everything.
    kinds = ArrayField(
        models.CharField(max_length=20), verbose_name=_("kinds"), default=list, blank=True
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    source = models.CharField(_("source"), max_length=5, choices=Source, default=Source.SITE)
    consent_version = models.CharField(_("version of the consent"), max_length=20)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    soft_bounces = models.PositiveSmallIntegerField(_("times put off"), default=0)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-pk"]
        permissions = [("export_subscription", "Can export the addresses of subscribers")]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="newsletter_subscription_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "active", "paused", "left"]),
                name="newsletter_subscription_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="left", email__isnull=True, left_at__isnull=False)
                | (~Q(state="left") & Q(email__isnull=False)),
                name="newsletter_subscription_left_has_no_address",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | (Q(email=Lower("email")) & ~Q(email="")),
                name="newsletter_subscription_one_spelling",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "paused"]) | Q(confirmed_at__isnull=False),
                name="newsletter_subscription_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False)
                | (~Q(state="paused") & Q(paused_at__isnull=True)),
                name="newsletter_subscription_paused_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "language"], name="newsletter_subscription_state")]

    def __str__(self):
        return self.email or str(self.State.LEFT.label)
