"""Mail that came back: what the notice said, and of which letter."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mailing.models import Message
from newsletter.models.subscriptions import Subscription


class BounceQuerySet(models.QuerySet):
    def to_look_at(self):
        """Addresses that do not exist, and notices that nobody could read."""
        return self.filter(seen_at__isnull=True).exclude(kind=Bounce.Kind.SOFT)


class Bounce(models.Model):
    class Kind(models.TextChoices):
        HARD = "hard", pgettext_lazy("a bounce", "the address does not work")
        SOFT = "soft", pgettext_lazy("a bounce", "for the time being")
        UNREAD = "unread", pgettext_lazy("a bounce", "the notice could not be read")

    # The Message-ID of the notice and the address: read twice, it is written once.
    notice_id = models.CharField(max_length=250, editable=False)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    status = models.CharField(pgettext_lazy("of a bounce", "code"), max_length=15, blank=True)
    diagnostic = models.CharField(_("what the server said"), max_length=500, blank=True)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("mail"),
    )  # fmt: skip
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.SET_NULL, related_name="bounces",
        verbose_name=_("subscription"),
    )  # fmt: skip
    received_at = models.DateTimeField(pgettext_lazy("a mail", "received at"), default=timezone.now)
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("a mail that came back", "bounce")
        verbose_name_plural = pgettext_lazy("mails that came back", "bounces")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice_id", "email"], name="newsletter_bounce_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["hard", "soft", "unread"]),
                name="newsletter_bounce_kind_known",
            ),
        ]

    def __str__(self):
        return f"{self.email or '—'}: {self.get_kind_display()}"
