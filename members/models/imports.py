"""Imports of members: a file, how it was judged, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import PrivateFile


class MemberImportQuerySet(models.QuerySet):
    def for_user(self, user):
        """Imports this person may look at: their own, and those of others that were applied."""
        if not user.has_perms(["members.add_member", "members.change_member"]):
            return self.none()
        return self.filter(Q(created_by=user) | Q(status=MemberImport.Status.APPLIED))


class MemberImport(models.Model):
    """One file. Nothing of it is written before its uploader has confirmed the preview."""

    class Status(models.TextChoices):
        JUDGING = "judging", _("being checked")
        PREVIEWED = "previewed", _("waiting to be confirmed")
        APPLYING = "applying", _("being written")
        APPLIED = "applied", _("written")
        REFUSED = "refused", _("refused")
        DISCARDED = "discarded", _("discarded")

    file = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("file")
    )
    file_name = models.CharField(_("file"), max_length=200)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.JUDGING)
    # What the file does not say (members.importing.judging.Options).
    options = models.JSONField(default=dict)
    counts = models.JSONField(_("rows"), default=dict)
    # The judgement row by row, and headings that were passed over.
    rows = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    # Equal digests are equal judgements: what is confirmed is what was seen.
    digest = models.CharField(max_length=64, blank=True)
    # Why the file as a whole was refused: code, column, parameters of a remark.
    refusal = models.JSONField(null=True)
    # The records changed between preview and confirmation: to be looked at again.
    is_renewed = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("chosen by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("chosen"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    applied_at = models.DateTimeField(_("written"), null=True)

    objects = MemberImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="applied", applied_at__isnull=False)
                | (~Q(status="applied") & Q(applied_at__isnull=True)),
                name="members_memberimport_applied_has_date",
            )
        ]

    def __str__(self):
        return self.file_name
