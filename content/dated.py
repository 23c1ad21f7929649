"""Facts that are true from one day to another, and dates known only to the month or the year."""

import calendar
import datetime

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", pgettext_lazy("known to the", "year")


def today() -> datetime.date:
    """The day by the association's clock, whatever clock the reader has chosen."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def first_day(year: int, month: int | None = None, day: int | None = None) -> datetime.date:
    """The first day of a partial date: 2004 is 1 January 2004."""
    return datetime.date(year, month or 1, day or 1)


def start_of_period(day: datetime.date, precision: str) -> datetime.date:
    """The first day of the period that `day` stands for at this precision."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def last_day(day: datetime.date, precision: str) -> datetime.date:
    """The last day of the period that `day` stands for at this precision."""
    if precision == Precision.YEAR:
        return datetime.date(day.year, 12, 31)
    if precision == Precision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def parse_partial(text: str) -> tuple[datetime.date, str]:
    """First day and precision of "2004", "2004-05" or "2004-05-12"; ValueError otherwise."""
    parts = [int(part) for part in text.strip().split("-")]
    if not 1 <= len(parts) <= 3 or max(parts) > datetime.MAXYEAR:
        raise ValueError(text)
    precision = [Precision.YEAR, Precision.MONTH, Precision.DAY][len(parts) - 1]
    return first_day(*parts), precision.value


class DatedQuerySet(models.QuerySet):
    def on(self, day: datetime.date | None = None):
        """Rows valid on `day` (today in the association's zone when not given)."""
        day = day or today()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )


class Dated(models.Model):
    """A fact with a first and a last valid day, each known to the day, the month or the year.

    `starts_on` is the first day of its period, `ends_on` the last valid day of its period:
    "until 2019" is stored as 31 December 2019 with the precision "year".
    """

    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    starts_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    ends_on = models.DateField(_("last valid day"), null=True, blank=True)
    ends_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        self.round_days()  # the constraints are about the days as they will be stored

    def validate_constraints(self, exclude=None):
        """Order first: PostgreSQL fails to make a range whose end lies before its start."""
        for constraint in self._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                constraint.validate(type(self), self, exclude)
        super().validate_constraints(exclude)

    def save(self, *args, **kwargs):
        self.round_days()
        super().save(*args, **kwargs)

    def round_days(self) -> None:
        """Move both days to the edges of the periods they stand for."""
        if self.starts_on:
            self.starts_on = start_of_period(self.starts_on, self.starts_precision)
        if self.ends_on:
            self.ends_on = last_day(self.ends_on, self.ends_precision)

    def is_valid_on(self, day: datetime.date | None = None) -> bool:
        day = day or today()
        return (not self.starts_on or self.starts_on <= day) and (
            not self.ends_on or self.ends_on >= day
        )


def validity(starts: str = "starts_on", ends: str = "ends_on") -> Func:
    """The validity as a PostgreSQL date range, both days included: for exclusion constraints."""
    return Func(starts, ends, Value("[]"), function="daterange", output_field=DateRangeField())


def starts_before_end(name: str) -> models.CheckConstraint:
    """The constraint that a dated fact does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True)
        | Q(starts_on__isnull=True)
        | Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("The last valid day lies before the first one."),
    )
