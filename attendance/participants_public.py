"""Who took part, for everybody: only people who agreed are named, cities are counted (PRV-1)."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from attendance import presence
from content.languages import in_language
from content.sortkeys import sort_key
from events.columns import country_of, loaded
from events.models import Event, Participant

Status = Participant.Status


@dataclass
class Group:
    """The people of one city or of one group of guests: `names` agreed, `others` are counted."""

    label: str
    country: str
    url: str
    is_of_guests: bool
    names: list[dict[str, str]] = field(default_factory=list)
    others: int = 0

    @property
    def total(self) -> int:
        return len(self.names) + self.others


def people_of(event: Event):
    """Whom the list counts: after the event those who were there, where anybody noted it."""
    placed = Participant.objects.filter(event=event, status=Status.CONFIRMED)
    if event.ends_at < timezone.now():
        there = presence.those_there(event)
        if there.exists():
            return there
    return placed


def groups(event: Event) -> list[Group]:
    """Cities in alphabetical order, then guests; a number of queries that does not grow."""
    found: dict[int, Group] = {}
    language = get_language()
    people = loaded(people_of(event)).select_related("delegation__event")
    for person in people.order_by("delegation", "rank", "order", "pk"):
        group = found.setdefault(person.delegation_id, None) or _group(person, language)
        found[person.delegation_id] = group
        if person.is_listed:
            position, _language = in_language(person, "position")
            group.names.append({"name": person.name_in(language), "position": position})
        else:
            group.others += 1
    return sorted(found.values(), key=lambda one: (one.is_of_guests, sort_key(one.label)))


def _group(person: Participant, language: str) -> Group:
    delegation = person.delegation
    return Group(
        label=delegation.sender_in(language),
        country=country_of(person, language),
        url=delegation.member.get_absolute_url() if delegation.member else "",
        is_of_guests=delegation.is_of_guests,
    )


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The public list of an event that shows one; 404 for all others."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    if not event.shows_participants or event.is_cancelled:
        raise Http404
    rows = groups(event)
    cities = [one for one in rows if not one.is_of_guests]
    context = {
        "event": event,
        "cities": cities,
        "guests": [one for one in rows if one.is_of_guests],
        "people": sum(one.total for one in rows),
        "countries": len({one.country for one in cities}),
        "is_over": event.ends_at < timezone.now(),
    }
    return render(request, "attendance/participants.html", context)
