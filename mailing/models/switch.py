"""The switch that holds all bulk mail back at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class SwitchQuerySet(models.QuerySet):
    def frozen(self):
        """The one row while bulk mail is frozen, else nothing."""
        return self.filter(frozen_at__isnull=False)

    def current(self) -> "Switch":
        """The switch, stored or as it is before anybody has touched it."""
        return self.select_related("frozen_by").first() or Switch()


class Switch(models.Model):
    """A single row; bulk mail is frozen while `frozen_at` is set."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    frozen_at = models.DateTimeField(_("frozen since"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("frozen by"),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = SwitchQuerySet.as_manager()

    class Meta:
        verbose_name = _("switch of bulk mail")
        verbose_name_plural = _("switch of bulk mail")
        default_permissions = ("view",)
        permissions = [("freeze_bulk", "Can freeze and release bulk mail")]
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="mailing_switch_single"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True, reason="")
                | (Q(frozen_at__isnull=False) & ~Q(reason="")),
                name="mailing_switch_frozen_has_reason",
            ),
        ]

    def __str__(self):
        return (
            pgettext("bulk mail", "frozen") if self.is_frozen else pgettext("bulk mail", "goes out")
        )

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None
