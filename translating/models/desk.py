"""The translation desk: what lacks a language, who took it, and links for outside translators."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.models import TranslationState


class DeskEntry(TranslationState):
    """One record in one language as the desk lists it."""

    class Meta:
        proxy = True
        verbose_name = _("translation")
        verbose_name_plural = _("translations")

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.language}"


class Claim(models.Model):
    """A member of staff looks after one record in one language: others see who, and leave it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="translation_claims",
        verbose_name=_("translator"),
    )  # fmt: skip
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("share of a translator")
        verbose_name_plural = _("shares of translators")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="translating_claim_once"
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.language}"


class TranslationLink(models.Model):
    """A link for a translator without an account: one record, one language, one return.

    `pairs` is what the translator got: [{"field", "source", "target"}, …], paragraphs in the order
    of their numbers from 1 on. `returned` is what came back, a text for each pair: a proposal that
    a member of staff accepts or declines.
    """

    class Way(models.TextChoices):
        PAGE = "page", _("on the page")
        DOCX = "docx", _("as a DOCX file")
        XLIFF = "xliff", _("as an XLIFF file")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(_("translator"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    pairs = models.JSONField(default=list)
    expires_at = models.DateTimeField(_("open until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    returned = models.JSONField(default=list)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_way = models.CharField(_("returned"), max_length=5, choices=Way, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip
    was_accepted = models.BooleanField(_("accepted"), null=True)

    class Meta:
        verbose_name = _("link for an outside translator")
        verbose_name_plural = _("links for outside translators")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_way="")
                | (Q(returned_at__isnull=False) & ~Q(returned_way="")),
                name="translating_link_returned_some_way",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, was_accepted=None)
                | Q(
                    decided_at__isnull=False,
                    was_accepted__isnull=False,
                    returned_at__lte=F("decided_at"),
                ),
                name="translating_link_decided_after_return",
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="translating_link_of_record")
        ]

    def __str__(self):
        return f"{self.name}, {self.language}"

    @property
    def is_open(self) -> bool:
        """Whether its holder may still send something back."""
        is_live = self.revoked_at is None and self.returned_at is None
        return is_live and self.expires_at > timezone.now()

    @property
    def waits(self) -> bool:
        """Whether something came back that nobody has decided yet."""
        return self.returned_at is not None and self.decided_at is None
