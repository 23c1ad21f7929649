"""The local inbox of the demonstration: where its mails end instead of at a mail server."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InboxMail(models.Model):
    email = models.EmailField(pgettext_lazy("a mail", "to"))
    subject = models.CharField(_("subject"), max_length=255)
    text_body = models.TextField(_("text"))
    html_body = models.TextField(_("HTML text"), blank=True)
    received_at = models.DateTimeField(pgettext_lazy("a mail", "received at"), default=timezone.now)

    class Meta:
        verbose_name = _("mail of the demonstration")
        verbose_name_plural = _("inbox of the demonstration")
        default_permissions = ("view",)
        ordering = ["-pk"]

    def __str__(self):
        return self.subject
