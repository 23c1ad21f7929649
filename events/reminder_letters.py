"""The letters of reminders: to people by a form rendered once, to cities one by one.

`due` is what `events.reminders.Due` holds: rule, event, occasion, due_at, expires_at, still_holds.
"""

import datetime
import functools
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content.dates import day_text, local_day
from content.languages import LANGUAGE_CODES, in_language
from events import audiences, placelinks
from events.contacts import contacts_of
from events.letters import Reader, cabinet_link, city_of, deadline_text, facts
from events.models import Delegation, Event, Participant, ReminderRule
from mailing import cleaning, merging, reminders

AT_ONCE = 500
WORDS = ("name", "city")


def to_participants(due, pks: list[int]) -> Iterator[reminders.DueReminder]:
    """Reminders for participants with an address, by primary keys; queries for every 500.

    What a delegation or the event says is asked once, not for every person.
    """
    forms: dict[tuple, merging.Form] = {}
    delegations: dict[int, Delegation] = {}
    paths = _Paths(due.event)
    for start in range(0, len(pks), AT_ONCE):
        people = list(
            Participant.objects.filter(pk__in=pks[start : start + AT_ONCE]).order_by("pk")
        )
        _load(delegations, {one.delegation_id for one in people}, due.event)
        for person in people:
            person.event, person.delegation = due.event, delegations[person.delegation_id]
            yield _to_participant(due, person, forms, paths)


def _load(known: dict[int, Delegation], wanted: set[int], event: Event) -> None:
    lacking = wanted - known.keys()
    if not lacking:
        return
    rows = Delegation.objects.filter(pk__in=lacking).select_related("member")
    for delegation in rows.prefetch_related("member__names"):
        delegation.event = event
        delegation.sender_in = functools.cache(delegation.sender_in)
        known[delegation.pk] = delegation


def _to_participant(
    due, person: Participant, forms: dict, paths: "_Paths"
) -> reminders.DueReminder:
    reader = Reader.participant(person)
    row = (reader.language, reader.zone.key, person.status)
    if row not in forms:
        forms[row] = _form(due, reader, person.status)
    filling = _filling(person, reader, paths, _joins(due))
    return _reminder(due, reader, "", form=forms[row], filling=filling)


def _form(due, reader: Reader, status: str) -> merging.Form:
    joins = _joins(due)
    context = {**_context(due, reader), "status": status, "joins": joins}
    links = ("place_link", "join_link") if joins else ("place_link",)
    return merging.Form(template_of(due.rule), reader.language, context, words=WORDS, links=links)


class _Paths:
    """Addresses of participants' own pages: resolved once for each language."""

    TOKEN = "0:token"

    def __init__(self, event: Event):
        self.of_place = functools.cache(lambda _language: self._path("events:place"))
        self.of_join = functools.cache(
            lambda _language: self._path("events:join_by_link", event.slug)
        )

    def _path(self, name: str, *args: str) -> str:
        return cleaning.on_site(reverse(name, args=[*args, self.TOKEN]))

    def place(self, token: str) -> str:
        return self.of_place(get_language()).replace(self.TOKEN, token)

    def join(self, token: str) -> str:
        return self.of_join(get_language()).replace(self.TOKEN, token)


def _filling(
    person: Participant, reader: Reader, paths: _Paths, joins: bool
) -> dict[str, Callable[[], str]]:
    token = placelinks.token(person)
    filling = {
        "name": reader.name,
        "city": city_of(person.delegation),
        "place_link": lambda: paths.place(token),
    }
    if joins:
        filling["join_link"] = lambda: paths.join(token)
    return filling


def _joins(due) -> bool:
    """Whether the letter says where to click: the page of the portal, never the link itself."""
    event = due.event
    if not event.join_link or event.mode == Event.Mode.IN_PERSON:
        return False
    return event.mode == Event.Mode.ONLINE or due.rule.audience == ReminderRule.ONLINE


def to_contacts(due, pks: list[int]) -> Iterator[reminders.DueReminder]:
    """Reminders about participants without an address, to who answers for their delegation."""
    if not pks:
        return
    people = defaultdict(list)
    for person in Participant.objects.filter(pk__in=pks).order_by("pk"):
        people[person.delegation_id].append(person)
    delegations = list(
        Delegation.objects.filter(pk__in=people)
        .select_related("member", "registered_by")
        .prefetch_related("member__names")
    )
    contacts = contacts_of(delegations)
    for delegation in delegations:
        delegation.event = due.event
        for user in contacts[delegation.pk]:
            reader = Reader.representative(user, delegation)
            context = {
                **_context(due, reader),
                "name": reader.name,
                "city": city_of(delegation),
                "people": _names(people[delegation.pk]),
                "cabinet_link": cabinet_link(delegation),
            }
            yield _reminder(due, reader, f":d{delegation.pk}", context=context)


def to_addressees(due) -> Iterator[reminders.DueReminder]:
    """Reminders for an audience of members or others: a constant number of queries."""
    for one in audiences.addressees(due.event, [due.rule.audience]):
        if not one.email:
            continue
        context = _city_context(due, one)
        yield _reminder(due, one.reader, suffix_of(one), context=context)


def suffix_of(one: audiences.Addressee) -> str:
    """What the occasion of a rule ends with: a member gets its letter whoever reads it."""
    return "" if one.person or not one.member else f":m{one.member.pk}"


def sample_context(due, one: audiences.Addressee) -> dict:
    """What the letter of a rule says to one addressee, for the preview."""
    joins = _joins(due) and one.person is not None
    paths = _Paths(due.event)
    person = _filling(one.person, one.reader, paths, joins) if one.person else {}
    return {
        **_city_context(due, one), "joins": joins,
        "status": one.person.status if one.person else "", **person,
    }  # fmt: skip


def _city_context(due, one: audiences.Addressee) -> dict:
    return {
        **_context(due, one.reader), "name": one.reader.name, "city": one.sender,
        "until": _until(due, one.reader), "until_day": _until_day(due.event),
        "is_invited": due.rule.audience == ReminderRule.UNANSWERED,
        "cabinet_link": _door(due.event, one),
    }  # fmt: skip


def _door(event: Event, one: audiences.Addressee) -> Callable[[], str]:
    if one.member is None:
        return lambda: cleaning.on_site(event.get_absolute_url())
    return cabinet_link(Delegation(event=event, member=one.member))


def _until(due, reader: Reader) -> Callable[[], str]:
    event = due.event
    return lambda: deadline_text(_deadline(event), event.zone, reader.zone)


def _until_day(event: Event) -> Callable[[], str]:
    return lambda: day_text(local_day(_deadline(event), event.zone))


def _deadline(event: Event) -> datetime.datetime:
    return event.registration_closes_at or event.starts_at


def template_of(rule: ReminderRule) -> str:
    """Own words have a template of their own; members are asked, people reminded."""
    if rule.has_own_words():
        return "events/mail/own_words"
    audience = audiences.get(rule.audience)
    is_asked = audience is not None and audience.members is not None
    return "events/mail/reminder_city" if is_asked else "events/mail/reminder"


def own_words(record) -> dict:
    """What a letter in words of the secretariat says: of a rule or an `EventLetter`.

    A language that lacks gets the other one, and its half of the letter says so on top.
    """
    written = [code for code in LANGUAGE_CODES if getattr(record, f"text_{code}")]
    words = {
        "subject": lambda: in_language(record, "subject")[0],
        "text": lambda: in_language(record, "text")[0],
    }
    if len(written) == 1:
        words["missing_language"] = next(code for code in LANGUAGE_CODES if code not in written)
    return words


def _context(due, reader: Reader) -> dict:
    words = own_words(due.rule) if due.rule.has_own_words() else {}
    return {
        **facts(due.event, reader.zone),
        "in_words": lambda: days_to_go(due.event, due.now),
        **words,
    }


def _names(people: list[Participant]) -> Callable[[], list[str]]:
    return lambda: [person.name_in(get_language()) for person in people]


def _reminder(due, reader: Reader, suffix: str, **letter) -> reminders.DueReminder:
    kind = "events/mail/reminder"
    return reminders.DueReminder(
        occasion=due.occasion + suffix,
        email=reader.email,
        language=reader.language,
        user=reader.user,
        template=kind if "form" in letter else template_of(due.rule),
        due_at=due.due_at,
        expires_at=due.expires_at,
        about=due.event,
        still_holds=due.still_holds,
        **letter,
    )


def days_to_go(event: Event, now: datetime.datetime) -> str:
    """ "Today", "Tomorrow", "In 7 days": by the calendar of the place."""
    days = (local_day(event.starts_at, event.zone) - local_day(now, event.zone)).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}
