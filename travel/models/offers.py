"""What an event asks its participants about their journey, and until when."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.languages import in_language, one_language_required
from events.models import Event


class TravelOffer(Versioned):
    """One event helps with the journey: only what is ticked here is asked."""

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="travel", verbose_name=_("event")
    )
    asks_visa = models.BooleanField(_("visa support"), default=False)
    asks_lodging = models.BooleanField(_("accommodation"), default=False)
    asks_transfer = models.BooleanField(_("transfer"), default=False)
    asks_meals = models.BooleanField(_("meals"), default=False)
    asks_access = models.BooleanField(_("access needs"), default=False)
    visa_until = models.DateTimeField(
        _("passport data until"), null=True, blank=True,
        help_text=_("The consulate needs time for a visa. Empty: until the event begins."),
    )  # fmt: skip
    fill_until = models.DateTimeField(
        _("journey until"), null=True, blank=True,
        help_text=_("Later changes become requests. Empty: as long as the delegation may change."),
    )  # fmt: skip
    note = models.CharField(
        _("note for the participants"), max_length=500, blank=True,
        help_text=_("What is paid by whom, where the bus stops."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("help with the journey")
        verbose_name_plural = _("help with the journey")
        ordering = ["-event__starts_at", "pk"]

    def __str__(self):
        return str(self.event)

    @property
    def asks_trip(self) -> bool:
        """Whether anything of the form of the journey is asked."""
        return self.asks_lodging or self.asks_transfer or self.asks_meals or self.asks_access

    def changes_end(self) -> datetime.datetime:
        """From this moment on a change of the journey is a request."""
        event = self.event
        return (
            self.fill_until or event.change_until or event.registration_closes_at or event.starts_at
        )

    def passports_end(self) -> datetime.datetime:
        """The last moment for passport data."""
        return self.visa_until or self.event.starts_at


class Hotel(models.Model):
    """One place to stay that the event offers."""

    offer = models.ForeignKey(TravelOffer, on_delete=models.CASCADE, related_name="hotels")
    name = models.CharField(_("name"), max_length=200)
    price = models.CharField(
        _("price"), max_length=200, blank=True, help_text=_("In words: per night, with breakfast.")
    )
    first_night = models.DateField(_("first night"), null=True, blank=True)
    last_night = models.DateField(_("last night"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("hotel")
        verbose_name_plural = _("hotels")
        ordering = ["offer", "order", "pk"]
        constraints = [
            one_language_required("name", "travel_hotel_name_given"),
            models.CheckConstraint(
                condition=Q(first_night__isnull=True)
                | Q(last_night__isnull=True)
                | Q(last_night__gte=F("first_night")),
                name="travel_hotel_nights_in_order",
                violation_error_message=_("The last night is not before the first."),
            ),
        ]

    def __str__(self):
        return in_language(self, "name")[0]
