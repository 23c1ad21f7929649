"""Who was there by the word of the secretariat, and what was written about an event afterwards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event, Participant
from news.models import Article


class MarkedPresent(models.Model):
    """The secretariat says that somebody was there whom no door and no report noted."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="marked_present",
        verbose_name=_("participant"),
    )  # fmt: skip
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("marked by"),
    )  # fmt: skip
    marked_at = models.DateTimeField(_("marked"), auto_now_add=True)

    class Meta:
        verbose_name = _("presence marked by hand")
        verbose_name_plural = _("presence marked by hand")

    def __str__(self):
        return str(self.participant)


class NewsDraft(models.Model):
    """The article that was begun from the registrations of an event: one for each event."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="news_draft", verbose_name=_("event")
    )
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("news item")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("written by"),
    )  # fmt: skip
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("news draft of an event")
        verbose_name_plural = _("news drafts of events")

    def __str__(self):
        return f"{self.event}: {self.article}"
