"""The journey of one participant: where they stay, how they come, what they eat, what they need."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.editing import Versioned
from events.models import Participant
from travel.models.offers import Hotel


class Trip(Versioned):
    """The journey as the delegation or the participant told it."""

    class Meals(models.TextChoices):
        ANY = "any", _("no wishes")
        VEGETARIAN = "vegetarian", _("vegetarian")
        VEGAN = "vegan", _("vegan")
        HALAL = "halal", _("halal")
        KOSHER = "kosher", _("kosher")
        OTHER = "other", _("other, see the note")

    # What is told in the form, in its order.
    LODGING = ("hotel", "arrives_on", "leaves_on")
    TRANSFER = (
        "arrival_at", "arrival_by", "arrival_station",
        "departure_at", "departure_by", "departure_station",
    )  # fmt: skip
    MEALS = ("meals", "meals_note")

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="trip", verbose_name=_("participant")
    )
    hotel = models.ForeignKey(
        Hotel, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("hotel"),
    )  # fmt: skip
    arrives_on = models.DateField(_("stays from"), null=True, blank=True)
    leaves_on = models.DateField(_("stays until"), null=True, blank=True)
    arrival_at = models.DateTimeField(_("arrival"), null=True, blank=True)
    arrival_by = models.CharField(_("flight or train of arrival"), max_length=60, blank=True)
    arrival_station = models.CharField(_("airport or station of arrival"), max_length=120,
                                       blank=True)  # fmt: skip
    departure_at = models.DateTimeField(_("departure"), null=True, blank=True)
    departure_by = models.CharField(_("flight or train of departure"), max_length=60, blank=True)
    departure_station = models.CharField(_("airport or station of departure"), max_length=120,
                                         blank=True)  # fmt: skip
    meals = models.CharField(_("meals"), max_length=10, choices=Meals, blank=True)
    meals_note = models.CharField(_("note about meals"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        constraints = [
            models.CheckConstraint(
                condition=Q(arrives_on__isnull=True)
                | Q(leaves_on__isnull=True)
                | Q(leaves_on__gt=F("arrives_on")),
                name="travel_trip_nights_in_order",
                violation_error_message=_("The stay ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(arrival_at__isnull=True)
                | Q(departure_at__isnull=True)
                | Q(departure_at__gt=F("arrival_at")),
                name="travel_trip_departs_after_arrival",
                violation_error_message=_("The departure is after the arrival."),
            ),
        ]

    def __str__(self):
        return str(self.participant)


class AccessNeeds(models.Model):
    """What somebody needs to take part: a special category, sealed, for named staff alone."""

    participant = models.OneToOneField(
        Participant, on_delete=models.CASCADE, related_name="access_needs",
        verbose_name=_("participant"),
    )  # fmt: skip
    sealed = models.TextField(editable=False)
    consented_at = models.DateTimeField(_("consent given"))

    class Meta:
        verbose_name = _("access needs")
        verbose_name_plural = _("access needs")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class TripChange(models.Model):
    """A change of the journey after the deadline: the old data stay until staff agree."""

    class State(models.TextChoices):
        OPEN = "open", _("to decide")
        ACCEPTED = "accepted", pgettext_lazy("an answer", "accepted")
        REFUSED = "refused", pgettext_lazy("an answer", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("an answer", "taken back")

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="trip_changes",
        verbose_name=_("participant"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    # The version of the journey the change was made from (0: nothing was told before), and the
    # fields as they shall be; times as ISO texts.
    seen_version = models.PositiveIntegerField(editable=False)
    wanted = models.JSONField(editable=False)
    # Empty where participants asked themselves.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer to the delegation"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change of a journey")
        verbose_name_plural = _("changes of journeys")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(state="open"),
                name="travel_tripchange_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="travel_tripchange_decided_when",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.participant)
