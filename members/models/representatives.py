"""Who acts for a member, in which role, from when to when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.dated import Dated, DatedQuerySet, starts_before_end
from members.models.member import Member


class Representative(Dated):
    """A mandate. Its last valid day ends the right to act at once, everywhere."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead representative")
        CONTRIBUTOR = "contributor", _("contributor")
        SIGNATORY = "signatory", _("signatory")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates",
        verbose_name=_("user"),
    )  # fmt: skip
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="representatives", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.LEAD)
    position = models.CharField(_("position"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["member", "role", "pk"]
        constraints = [
            starts_before_end("members_representative_starts_before_end"),
            models.UniqueConstraint(
                fields=["user", "member"],
                condition=Q(ends_on__isnull=True),
                name="members_representative_one_open_mandate",
                violation_error_message=_("This person already represents this member."),
            ),  # fmt: skip
        ]

    def __str__(self):
        return f"{self.user} – {self.member}"
