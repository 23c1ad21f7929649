"""Whom a letter or a reminder of an event reaches: those who lack passport data or a journey."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events import audiences
from events.models import Participant

audiences.register_people(
    "without_visa_data",
    _("without visa data"),
    lambda: Q(
        passport__isnull=True, event__travel__asks_visa=True, mode=Participant.Mode.IN_PERSON
    ),
)
audiences.register_people(
    "without_journey",
    _("who told nothing about their journey"),
    lambda: Q(trip__isnull=True, event__travel__isnull=False, mode=Participant.Mode.IN_PERSON),
)
