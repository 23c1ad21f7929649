"""Questions, guests and invitations of the demonstration, through what the screens use."""

import datetime
from typing import Any

from django.utils import timezone

from events import guests, invitation_ladder, invitations
from events.models import Event, GuestApplication, Invitation, Question, QuestionChoice
from events.people import Person
from members.attention import last_moment
from members.models import Member, Representative
from uclg_portal.demonstration import data

GUEST = (*Person.FIELDS, "is_listed")


def load(users: dict[str, Any]) -> None:
    """All of it; the administrator of `users` invites."""
    table = data.table("invitations.toml")
    events = {event.slug: event for event in Event.objects.all()}
    for row in table["questions"]:
        _ask(events[row["event"]], row)
    for row in table["guests"]:
        _register(events[row["event"]], row)
    for row in table["invitations"]:
        _invite(events[row["event"]], row, users["admin@example.org"])


def _ask(event: Event, row: dict[str, Any]) -> None:
    question = Question.objects.create(
        event=event, kind=row["kind"], order=row["order"], **data.texts(row, "wording", "hint")
    )
    for number, choice in enumerate(row.get("choices", []), 1):
        QuestionChoice.objects.create(
            question=question, order=number, **data.texts(choice, "wording")
        )


def _register(event: Event, row: dict[str, Any]) -> None:
    """A guest; those who confirmed their address have a place."""
    if not event.admits_guests:
        event.admits_guests = True
        event.save(update_fields=["admits_guests"])
    person = Person(**{name: row[name] for name in GUEST if name in row})
    guests.apply(event, person, row["guest_of"], row["guest_country"], {})
    if row["confirmed"]:
        guests.confirm(GuestApplication.objects.get(event=event, email=person.email))


def _invite(event: Event, row: dict[str, Any], by) -> None:
    day = (timezone.now() + datetime.timedelta(days=row["answer_in_days"])).date()
    members = Member.objects.filter(slug__in=row["members"])
    asked = invitations.invite(event, members, by, last_moment(day, event.time_zone))
    since = timezone.now() - datetime.timedelta(days=row["asked_days_ago"])
    Invitation.objects.filter(pk__in=[one.pk for one in asked]).update(invited_at=since)
    for given in row["answers"]:
        one = Invitation.objects.get(event=event, member__slug=given["member"])
        reason = given.get("reason_ru", "")
        invitations.answer(one, given["state"], _who(one, by), seen=one.state, reason=reason)
    for days in (7, 14, 21):
        invitation_ladder.climb(since + datetime.timedelta(days=days))


def _who(invitation: Invitation, by):
    mandate = Representative.objects.on().filter(member=invitation.member).first()
    return mandate.user if mandate else by
