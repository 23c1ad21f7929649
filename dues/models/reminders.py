"""The ladder of reminders: each rung that was taken, whom it reached, and the letters to post."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dues.models.invoices import Invoice


class Reminder(models.Model):
    """One rung for one invoice and one addressee. Without an address: a letter on paper."""

    class Rung(models.IntegerChoices):
        BEFORE = 1, _("two weeks before the last day to pay")
        DUE = 2, _("on the last day to pay")
        DAY = 3, _("one day overdue")
        MONTH = 4, _("30 days overdue")
        TWO_MONTHS = 5, _("60 days overdue")

    class Reached(models.TextChoices):
        REPRESENTATIVE = "rep", _("representative")
        SECOND = "second", _("second representative or signatory")
        DEPARTMENT = "dept", _("department")
        LETTER = "letter", _("letter on paper")

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("invoice")
    )
    rung = models.PositiveSmallIntegerField(_("rung"), choices=Rung)
    reached = models.CharField(_("addressee"), max_length=6, choices=Reached)
    email = models.EmailField(_("e-mail"), blank=True)
    taken_on = models.DateField(_("on"))
    posted_on = models.DateField(_("letter posted on"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("posted by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("reminder of dues")
        verbose_name_plural = _("reminders of dues")
        ordering = ["-taken_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "rung", "email"], name="dues_reminder_once"),
            models.CheckConstraint(
                condition=Q(reached="letter", email="") | (~Q(reached="letter") & Q(email__gt="")),
                name="dues_reminder_addressed",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(reached="letter"),
                name="dues_reminder_only_letters_are_posted",
            ),
        ]

    def __str__(self):
        return f"{self.invoice}: {self.get_rung_display()}"
