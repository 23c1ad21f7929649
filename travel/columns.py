"""Columns about the journey. Nothing of a passport, nothing of access needs is among them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from content.dates import day_text, moment_text
from content.languages import in_language
from events.columns import Column, register
from events.models import Event, Participant
from travel import passports, trips
from travel.models import Passport, Trip

PERMISSION = "travel.view_trip"


@register
def columns(event: Event) -> list[Column]:
    """What the event asks about the journey, field by field, and how far visas are."""
    offer = passports.offer_of(event)
    if offer is None:
        return []
    fields = [_column(name) for name in trips.asked_fields(offer)]
    visa = [Column("visa", _("visa support"), _visa_states, PERMISSION)]
    return [*fields, *(visa if offer.asks_visa else [])]


def _column(name: str) -> Column:
    return Column(name, Trip._meta.get_field(name).verbose_name, _values(name), PERMISSION)


def _values(name: str) -> Callable[[Sequence[Participant], str], dict[int, Any]]:
    def values(people: Sequence[Participant], language: str) -> dict[int, Any]:
        rows = Trip.objects.filter(participant__in=[one.pk for one in people])
        rows = rows.select_related("hotel", "participant__event")
        return {trip.participant_id: _cell(trip, name, language) for trip in rows}

    return values


def _cell(trip: Trip, name: str, language: str) -> Any:
    value = getattr(trip, name)
    if value in (None, ""):
        return ""
    if name == "hotel":
        return in_language(value, "name", language)[0]
    if name in trips.MOMENTS:
        return moment_text(value, trip.participant.event.zone, language)
    if name in trips.DAYS:
        return day_text(value, language)
    return str(Trip.Meals(value).label) if name == "meals" else value


def _visa_states(people: Sequence[Participant], language: str) -> dict[int, str]:
    keys = [one.pk for one in people]
    given = set(Passport.objects.filter(participant__in=keys).values_list("participant", flat=True))
    letters = set(
        Participant.objects.filter(pk__in=keys, visa_letters__isnull=False).values_list(
            "pk", flat=True
        )
    )
    words = {True: str(_("letter made")), False: str(_("data received"))}
    return {pk: words[pk in letters] for pk in given | letters}
