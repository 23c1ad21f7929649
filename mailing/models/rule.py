"""A rule that says when to write to whom: so long before or after a moment.

Abstract, for the reminders of every subject: events, deadlines of entries, questionnaires, dues,
mandates. The moment itself and the meaning of the audience belong to the app; what is due goes
through `mailing.reminders`.
"""

import datetime
import zoneinfo

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy


class TimedRule(models.Model):
    """So many hours or days before or after a moment, to an audience, in own words or the usual.

    Translate `subject` and `text` (modeltranslation) in the app that makes a table of it.
    """

    class Unit(models.TextChoices):
        HOURS = "hours", pgettext_lazy("unit of time", "hours")
        DAYS = "days", pgettext_lazy("unit of time", "days")

    class Side(models.TextChoices):
        BEFORE = "before", pgettext_lazy("relative to a moment", "before")
        AFTER = "after", pgettext_lazy("relative to a moment", "after")

    LONGEST = datetime.timedelta(days=365)

    amount = models.PositiveIntegerField(
        pgettext_lazy("of hours or days", "how many"), validators=[MaxValueValidator(8760)]
    )
    unit = models.CharField(_("unit"), max_length=5, choices=Unit, default=Unit.HOURS)
    side = models.CharField(_("before or after"), max_length=6, choices=Side, default=Side.BEFORE)
    audience = models.CharField(pgettext_lazy("of a letter", "to whom"), max_length=30)
    subject = models.CharField(
        pgettext_lazy("of a letter", "subject"), max_length=150, blank=True,
        help_text=_("Says what to do by when. Empty: the usual subject."),
    )  # fmt: skip
    text = models.TextField(
        pgettext_lazy("of a letter", "text"), max_length=5000, blank=True,
        help_text=_("Empty: the usual text."),
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def hours(self) -> int:
        """The distance in hours; a day counts as 24 of them."""
        return self.amount * 24 if self.unit == self.Unit.DAYS else self.amount

    @property
    def offset_key(self) -> str:
        """The distance as a part of an occasion: "168h" before, "after24h" after."""
        return f"{'' if self.side == self.Side.BEFORE else 'after'}{self.hours}h"

    @property
    def distance_words(self) -> str:
        """ "3 days", "1 hour"."""
        if self.unit == self.Unit.DAYS:
            words = ngettext("%(number)d day", "%(number)d days", self.amount)
        else:
            words = ngettext("%(number)d hour", "%(number)d hours", self.amount)
        return words % {"number": self.amount}

    def due_from(self, moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
        """When the rule is due for this moment: days by the calendar of the zone, hours exactly."""
        sign = -1 if self.side == self.Side.BEFORE else 1
        if self.unit == self.Unit.HOURS:
            return moment + sign * datetime.timedelta(hours=self.amount)
        there = moment.astimezone(zone)
        return (there + sign * datetime.timedelta(days=self.amount)).astimezone(datetime.UTC)

    def has_own_words(self) -> bool:
        """Whether anything is said here in words of its own, in any language."""
        return any(
            getattr(self, f"{field}_{code}", "") for field in ("subject", "text")
            for code in ("ru", "en")
        )  # fmt: skip
