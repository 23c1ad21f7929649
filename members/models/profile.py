"""What representatives propose to change, decided field by field."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import PrivateFile
from members.models.member import Member


class ProfileUpdateQuerySet(models.QuerySet):
    def waiting(self):
        """Requests that staff have to decide, the longest waiting first."""
        return self.filter(status=ProfileUpdate.Status.WAITING).order_by("submitted_at", "pk")


class ProfileUpdate(models.Model):
    """One request of a member; changes made while it waits update the same request."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for the secretariat")
        DECIDED = "decided", _("decided")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="profile_updates", verbose_name=_("member")
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="profile_updates",
        verbose_name=_("sent by"),
    )  # fmt: skip
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.WAITING)
    # Where staff entered it by a letter on paper.
    letter = models.ForeignKey(
        "members.PaperLetter", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("by letter of"),
    )  # fmt: skip
    # Rises with every change of the request: a decision names the version it was made on.
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(_("sent"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip

    objects = ProfileUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile update")
        verbose_name_plural = _("profile updates")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(status="waiting"),
                name="members_profileupdate_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at__isnull=True)
                | Q(status="decided", decided_at__isnull=False),
                name="members_profileupdate_decided_has_date",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.member}, {self.submitted_at:%d.%m.%Y}"


class ProfileChange(models.Model):
    """One proposed field: what it was, what it shall be, and what was decided."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        CORRECTED = "corrected", _("corrected since")

    class StandardReason(models.TextChoices):
        """What staff often have to say: every reader sees it in their own language."""

        TOO_LONG = "too_long", _("It is longer than 80 characters.")
        PRAISE = "praise", _("Please write facts rather than praise.")
        DIFFERENT = "different", _("The Russian and the English text say different things.")
        SPELLING = "spelling", _("There are spelling mistakes.")
        BAD_LINK = "bad_link", _("The address does not open.")
        BAD_PHOTO = "bad_photo", _("The photo does not show the city, or it is not clear enough.")
        RIGHTS = "rights", _("Please say who took the photo and that it may be used.")

    update = models.ForeignKey(ProfileUpdate, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(_("field"), max_length=40)
    old_value = models.TextField(_("was"), blank=True)
    new_value = models.TextField(_("shall be"), blank=True)
    file = models.ForeignKey(
        PrivateFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What is to be seen on the picture in `file`.
    alt_ru = models.CharField(_("alternative text, Russian"), max_length=300, blank=True)
    alt_en = models.CharField(_("alternative text, English"), max_length=300, blank=True)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.WAITING)
    standard_reason = models.CharField(
        _("usual reason"), max_length=9, choices=StandardReason, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["update", "field"], name="members_profilechange_once_a_field"
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | Q(reason__gt="") | Q(standard_reason__gt=""),
                name="members_profilechange_return_needs_reason",
                violation_error_message=_("Say why it is returned."),
            ),
        ]

    def __str__(self):
        return f"{self.field}: {self.get_status_display()}"

    @property
    def reason_text(self) -> str:
        """Why it is returned: the usual reason in the reader's language, then the own words."""
        usual = str(self.get_standard_reason_display()) if self.standard_reason else ""
        return " ".join(filter(None, [usual, self.reason]))
