"""A second person's yes, where a rule asks for it: bound to the state of the record they saw."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApprovalQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for a second person, the oldest first."""
        return self.filter(approved_at=None, withdrawn_at=None).order_by("asked_at", "pk")

    def about(self, deed: str, target: models.Model):
        """Those about one deed on one record."""
        kind = ContentType.objects.get_for_model(target)
        return self.filter(deed=deed, content_type=kind, object_id=target.pk)


class Approval(models.Model):
    """Somebody asked for a deed on a record, somebody else allows it. Rows are never deleted."""

    deed = models.CharField(_("deed"), max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.BigIntegerField()
    target = GenericForeignKey()
    # What the record said when the approval was asked for: another state is not approved.
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("approved by"),
    )  # fmt: skip
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        pgettext_lazy("approval", "withdrawn"), null=True, blank=True
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deed", "content_type", "object_id"],
                condition=Q(approved_at__isnull=True, withdrawn_at__isnull=True),
                name="content_approval_one_open",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="content_approval_by_a_second_person",
                violation_error_message=_("Who asks for an approval does not give it."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="content_approval_has_author_and_time",
            ),
        ]

    def __str__(self):
        return f"{self.deed}: {self.target}"
