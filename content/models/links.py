"""Links between two public records of any apps: typed, shown on both pages."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.records import PublicFact


class Link(PublicFact):
    """`source` says something of `target`: an article of an event, a publication of a city."""

    class Role(models.TextChoices):
        ABOUT = "about", _("is about")
        RESULT = "result", _("came out of")
        PART = "part", _("is a part of")
        PARTNER = "partner", _("was made with")
        SEE = "see", _("see also")

    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.BigIntegerField()
    source = GenericForeignKey("source_type", "source_id")
    target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    role = models.CharField(_("kind of link"), max_length=7, choices=Role, default=Role.ABOUT)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "target_type", "target_id"],
                name="content_link_once",
            ),
            models.CheckConstraint(
                condition=~Q(source_type=F("target_type"), source_id=F("target_id")),
                name="content_link_not_to_itself",
                violation_error_message=_("A record is not linked to itself."),
            ),
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="content_link_of_target")]

    def __str__(self):
        return f"{self.source_type_id}:{self.source_id} → {self.target_type_id}:{self.target_id}"
