"""An issue of the newsletter: chosen from what was published, worded by a human, sent once."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from content.languages import one_language_required
from content.records import PublicFact


class BulletinQuerySet(models.QuerySet):
    def sent(self):
        """Issues of the public archive, the latest first."""
        return self.filter(sent_at__isnull=False).order_by("-number")

    def draft(self):
        """Issues whose sending has not begun."""
        return self.filter(started_at__isnull=True)


class Bulletin(Versioned, PublicFact):
    """A draft until its sending begins; from then on nothing of it changes."""

    title = models.CharField(_("title"), max_length=150, help_text=_("The subject of the letter."))
    intro = models.TextField(
        pgettext_lazy("of a newsletter", "first words"), max_length=3000, blank=True,
        help_text=_("Stands above the items. An empty line begins a new paragraph."),
    )  # fmt: skip
    starts_on = models.DateField(_("published from"))
    ends_on = models.DateField(_("published until"))
    # Given with the sending; the address in the public archive.
    number = models.PositiveIntegerField(
        pgettext_lazy("of a newsletter", "number"), null=True, blank=True, unique=True,
        editable=False,
    )  # fmt: skip
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(_("sending began"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    # How many letters were written, and how many subscribers had none because nothing fitted.
    letters = models.PositiveIntegerField(_("letters"), default=0, editable=False)
    without_items = models.PositiveIntegerField(_("nothing fitted"), default=0, editable=False)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-pk"]
        constraints = [
            one_language_required("title", "newsletter_bulletin_title_given"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="newsletter_bulletin_period",
                violation_error_message=_("The period cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, number__isnull=True, sent_at__isnull=True)
                | Q(started_at__isnull=False, number__isnull=False),
                name="newsletter_bulletin_numbered_when_sent",
            ),
        ]

    def __str__(self):
        return self.title or str(self.pk)

    def get_absolute_url(self):
        return reverse("newsletter:issue", args=[self.number])

    @property
    def is_draft(self) -> bool:
        return self.started_at is None

    @property
    def state_words(self) -> str:
        if self.is_draft:
            return _("Draft")
        return _("Sent") if self.sent_at else pgettext_lazy("a newsletter", "Being sent")


class BulletinItem(models.Model):
    """One published record in an issue."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=20, editable=False)
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+", editable=False
    )
    object_id = models.BigIntegerField(editable=False)
    record = GenericForeignKey()
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "content_type", "object_id"], name="newsletter_item_once"
            )
        ]

    def __str__(self):
        return str(self.record or "—")
