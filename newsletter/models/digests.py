"""The weekly letter to a member about what is asked of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Member


class Digest(models.Model):
    """One member's week is done: so much was asked of it, so many letters were written."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="+", verbose_name=_("member")
    )
    week = models.DateField(_("week from"))  # its Monday
    things = models.PositiveSmallIntegerField(_("things asked"), default=0)
    letters = models.PositiveSmallIntegerField(_("letters"), default=0)
    # Representatives who turned it off.
    turned_off = models.PositiveSmallIntegerField(_("turned off by"), default=0)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("weekly digest")
        verbose_name_plural = _("weekly digests")
        ordering = ["-week", "member"]
        constraints = [
            models.UniqueConstraint(fields=["member", "week"], name="newsletter_digest_once")
        ]

    def __str__(self):
        return f"{self.member}, {self.week}"


class DigestOptOut(models.Model):
    """A representative who wants no weekly digest, of any city."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("weekly digest turned off")
        verbose_name_plural = _("weekly digests turned off")
        default_permissions = ()

    def __str__(self):
        return str(self.user)
