"""What the cabinet and a participant's own page have in common: one person's journey."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from content.dates import moment_text
from events.models import Event, Participant
from travel import passports, trips
from travel.forms import PassportForm, TripForm
from travel.models import Passport, TravelOffer, TripChange


@dataclass(frozen=True)
class Row:
    """One person on the page of a delegation. `passport` and `journey` are words, masked."""

    person: Participant
    passport: str
    is_passport_there: bool
    journey: str
    waits: bool


def offer_of(event: Event) -> TravelOffer | None:
    """What the event asks; None when it asks nothing at all."""
    offer = passports.offer_of(event)
    return offer if offer and (offer.asks_visa or offer.asks_trip) else None


def rows(event: Event, people: list[Participant]) -> list[Row]:
    """How far each of these people is; three queries."""
    kept = {one.participant_id: one for one in _passports(people)}
    told = set(
        trips.Trip.objects.filter(participant__in=people).values_list("participant", flat=True)
    )
    waiting = set(
        TripChange.objects.filter(participant__in=people, state="open").values_list(
            "participant", flat=True
        )
    )
    return [
        Row(
            person=person,
            passport=passport_words(kept.get(person.pk)),
            is_passport_there=person.pk in kept,
            journey=_("told") if person.pk in told else _("not told yet"),
            waits=person.pk in waiting,
        )
        for person in people
    ]


def passport_words(passport: Passport | None) -> str:
    """What whoever gave the data may see of them."""
    if passport is None:
        return _("not given")
    return _("given, number %(masked)s") % {"masked": passports.masked(passport)}


def passport_of(person: Participant) -> Passport | None:
    return Passport.objects.select_related("event").filter(participant=person).first()


def trip_context(person: Participant, form: TripForm) -> dict:
    """What the page of a journey shows besides its form."""
    now = timezone.now()
    change = trips.open_change(person)
    return {
        "person": person,
        "event": person.event,
        "offer": form.offer,
        "form": form,
        "closed": trips.why_closed(person, now),
        "is_late": trips.is_late(form.offer, now),
        "deadline": moment_text(form.offer.changes_end(), person.event.zone),
        "change": change,
        "lines": trips.lines(change) if change else [],
        "last_answer": person.trip_changes.filter(state__in=("accepted", "refused")).last(),
    }


def passport_context(person: Participant, form: PassportForm) -> dict:
    """What the page of passport data shows besides its empty form."""
    passport, offer = passport_of(person), passports.offer_of(person.event)
    return {
        "person": person,
        "event": person.event,
        "form": form,
        "closed": passports.why_closed(person, timezone.now()),
        "deadline": moment_text(offer.passports_end(), person.event.zone) if offer else "",
        "kept": passport,
        "kept_words": passport_words(passport),
        "ends_soon": passport is not None and passports.expires_soon(passport),
    }


def take_trip(request: HttpRequest, form: TripForm, by) -> bool:
    """Judge and save a journey that was posted; says whether the page may be left."""
    if request.POST.get("deed") == "take_back":
        trips.take_back(form.person, by)
        messages.success(request, _("The request is taken back."))
        return True
    if not form.is_valid():
        return False
    try:
        saved = form.save(by)
    except trips.TripRefused as refused:
        form.add_error(None, str(refused))
        return False
    if isinstance(saved, TripChange):
        words = _("The change is sent to the secretariat. What was told before stays until then.")
        messages.success(request, words)
    else:
        messages.success(request, _("Saved."))
    return True


def take_passport(request: HttpRequest, form: PassportForm, by) -> bool:
    """Judge and keep passport data that were posted, or erase them; says whether it is done."""
    if request.POST.get("deed") == "withdraw":
        passports.withdraw(form.person, by)
        messages.success(request, _("The passport data are erased."))
        return True
    if not (form.is_valid() and form.save(by)):
        return False
    messages.success(request, _("The passport data are kept, encrypted."))
    return True


def _passports(people: list[Participant]):
    return Passport.objects.select_related("event").filter(participant__in=people)
