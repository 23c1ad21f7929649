"""The register of numbered documents: certificates, diplomas."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models.files import PrivateFile
from content.records import PublicFact


class IssuedDocumentQuerySet(models.QuerySet):
    def of(self, kind: str, target: models.Model):
        """The documents of one kind that one record was given, the newest first."""
        content_type = ContentType.objects.get_for_model(target)
        return self.filter(kind=kind, content_type=content_type, object_id=target.pk)

    def valid(self):
        return self.filter(state=IssuedDocument.State.VALID)


class IssuedDocument(PublicFact):
    """One numbered document as it was issued. What it says is a copy and never changes."""

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        REPLACED = "replaced", _("replaced")
        REVOKED = "revoked", _("revoked")

    kind = models.CharField(_("kind"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    # Letters inside the year, each counted from one: "L" of 2018-L-001; mostly there are none.
    series = models.CharField(_("series"), max_length=8, blank=True)
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=40)
    # In the QR code: who holds the paper can check it, nobody can guess another one.
    code = models.CharField(_("check code"), max_length=32, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.BigIntegerField()
    target = GenericForeignKey()
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    holder_ru = models.CharField(_("given to, in Russian"), max_length=300, blank=True)
    holder_en = models.CharField(_("given to, in English"), max_length=300, blank=True)
    wording_ru = models.TextField(_("wording in Russian"), blank=True)
    wording_en = models.TextField(_("wording in English"), blank=True)
    # What the check page shows besides; it names no person and stays when the names are erased.
    # [{"label": {"ru": "Город", "en": "City"}, "value": {"ru": "Казань", "en": "Kazan"}}, …]
    facts = models.JSONField(default=list, blank=True, editable=False)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("issued by"),
    )  # fmt: skip
    pdf = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("file")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.VALID)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by",
        verbose_name=_("replaces"),
    )  # fmt: skip
    reissue_reason = models.CharField(_("why it was issued anew"), max_length=300, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("revoked by"),
    )  # fmt: skip
    revoked_reason = models.CharField(_("why it was revoked"), max_length=300, blank=True)
    # From when on the register keeps neither holder nor wording nor file.
    erased_at = models.DateTimeField(_("names erased"), null=True, blank=True, editable=False)

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "series", "serial"], name="content_issueddocument_serial"
            ),
            models.UniqueConstraint(
                fields=["kind", "number"], name="content_issueddocument_number"
            ),
            models.UniqueConstraint(
                fields=["kind", "content_type", "object_id"], condition=Q(state="valid"),
                name="content_issueddocument_one_valid",
            ),
            models.CheckConstraint(
                condition=Q(title_ru__gt="") | Q(title_en__gt=""),
                name="content_issueddocument_title_given",
            ),
            models.CheckConstraint(
                condition=Q(holder_ru__gt="")
                | Q(holder_en__gt="")
                | Q(erased_at__isnull=False),
                name="content_issueddocument_holder_given",
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=False, erased_at__isnull=True)
                | Q(pdf__isnull=True, erased_at__isnull=False),
                name="content_issueddocument_paper_until_erased",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="content_issueddocument_revoked_says_why",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reissue_reason=""),
                name="content_issueddocument_reissue_says_why",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number
