"""The state of every translation, bound to the source text it was made from."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TranslationStateQuerySet(models.QuerySet):
    def of_model(self, model: type[models.Model]):
        return self.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
        )

    def open(self):
        """Translations that somebody has to work on."""
        return self.exclude(state=TranslationState.State.CURRENT)


class TranslationState(models.Model):
    class State(models.TextChoices):
        MISSING = "missing", _("missing")
        DRAFT = "draft", _("incomplete")
        OUTDATED = "outdated", _("outdated")
        CURRENT = "current", _("current")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=8, choices=State)
    # Field name -> hashes of the source paragraphs this translation was made from.
    made_from = models.JSONField(default=dict)
    # Field name -> hash of the translated text.
    text_hashes = models.JSONField(default=dict)
    # Field name -> those source paragraphs themselves, to compare with what stands there now.
    made_from_texts = models.JSONField(default=dict)
    # When the state became what it is: a further change of an outdated source moves nothing.
    changed_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation state")
        verbose_name_plural = _("translation states")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"],
                name="content_translationstate_once",
            )
        ]
        indexes = [models.Index(fields=["language", "state"], name="content_translationstate_open")]

    def __str__(self):
        return f"{self.content_type_id}:{self.object_id} {self.language} {self.state}"
