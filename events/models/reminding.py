"""When the people of an event are reminded, of what, and whom it concerns."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from mailing.models import TimedRule

Kind = Event.Kind
DAYS, HOURS = TimedRule.Unit.DAYS, TimedRule.Unit.HOURS


class ReminderRuleManager(models.Manager):
    def write_defaults(self, event: Event) -> None:
        """Give a new event the reminders that are usual for its kind and its mode."""
        self.bulk_create(
            [self.model(event=event, **fields) for fields in self.model.usual(event)],
            ignore_conflicts=True,
        )


class ReminderRule(TimedRule):
    """Remind an audience of an event so long before or after it starts, ends or closes."""

    class Anchor(models.TextChoices):
        START = "start", pgettext_lazy("moment of an event", "the start")
        END = "end", pgettext_lazy("moment of an event", "the end")
        CLOSE = "close", pgettext_lazy("moment of an event", "the close of registration")

    PLACED, UNANSWERED, ONLINE = "placed", "unanswered", "online"
    LARGE = (Kind.CONGRESS, Kind.ASSEMBLY, Kind.FORUM, Kind.CONFERENCE)

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="reminder_rules", verbose_name=_("event")
    )
    anchor = models.CharField(
        pgettext_lazy("of a reminder", "of what"), max_length=5, choices=Anchor,
        default=Anchor.START,
    )  # fmt: skip

    objects = ReminderRuleManager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["event", "anchor", "side", "unit", "-amount", "audience"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "anchor", "side", "amount", "unit", "audience"],
                name="events_reminderrule_once",
                violation_error_message=_("This reminder is in the list already."),
            )
        ]

    def __str__(self):
        words = {
            "distance": self.distance_words,
            "side": self.get_side_display(),
            "moment": self.get_anchor_display(),
        }
        return _("%(distance)s %(side)s %(moment)s") % words

    @classmethod
    def usual(cls, event: Event) -> list[dict]:
        """The fields of the reminders that an event of this kind and mode begins with."""
        if event.kind == Kind.INTERNATIONAL_DAY:
            return []
        days = (30, 7, 1) if event.kind in cls.LARGE else (7, 1)
        rules = [{"amount": number, "unit": DAYS, "audience": cls.PLACED} for number in days]
        if event.mode != Event.Mode.IN_PERSON:
            rules.append({"amount": 1, "unit": HOURS, "audience": cls.ONLINE})
        return rules

    @property
    def moment(self) -> datetime.datetime | None:
        """What the rule counts from; None while the event has no such moment."""
        return {
            self.Anchor.START: self.event.starts_at,
            self.Anchor.END: self.event.ends_at,
            self.Anchor.CLOSE: self.event.registration_closes_at,
        }[self.anchor]

    @property
    def due_at(self) -> datetime.datetime | None:
        return self.moment and self.due_from(self.moment, self.event.zone)
