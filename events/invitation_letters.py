"""The letters of invitations: asked, asked again, and on paper to the head of the city."""

import datetime
from collections.abc import Callable, Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from content import dated, documents
from content.dates import day_text, moment_text
from content.languages import LANGUAGE_CODES, in_language
from content.timezones import zone_words
from events.contacts import contacts_of_members
from events.letters import Reader, letter
from events.models import Delegation, Event, Invitation
from events.words import when_text
from governance import offices
from mailing import cleaning, outbox
from members.models import Member, Representative
from members.naming import name_on

TEMPLATE = "events/pdf/invitation.typ"


def invited(event: Event, rows: list[Invitation]) -> int:
    """The invitation, to those who answer for each member; gives how many letters."""
    contacts = contacts_of_members(row.member for row in rows)
    return outbox.write_many(
        _letter(event, row, user, "")
        for row in rows
        for user in contacts[row.member_id]
    )  # fmt: skip


def reminded(rows: Iterable[Invitation], key: str) -> int:
    """The same question once more, to those who answer; one letter for each key."""
    rows = list(rows)
    contacts = contacts_of_members(row.member for row in rows)
    return outbox.write_many(
        _letter(row.event, row, user, key)
        for row in rows
        for user in contacts[row.member_id]
    )  # fmt: skip


def write_to(row: Invitation, users: Iterable[User], key: str) -> list[str]:
    """Remind these people of one invitation; gives their addresses."""
    users = list(users)
    outbox.write_many(_letter(row.event, row, user, key) for user in users)
    return [user.email for user in users]


def representatives_of(member: Member) -> list[User]:
    """Everybody who represents the member today, each once, in the order of their mandates."""
    rows = Representative.objects.on().filter(member=member, user__is_active=True)
    rows = rows.select_related("user").order_by("pk")
    return list({row.user_id: row.user for row in rows}.values())


def _letter(event: Event, row: Invitation, user: User, key: str) -> outbox.Letter:
    member = row.member
    reader = Reader.representative(user, Delegation(event=event, member=member))
    until = row.answer_until
    return letter(
        "invitation",
        f"invitation:{row.pk}:{key}" if key else f"invitation:{row.pk}",
        event,
        reader,
        city=_name_of(event, member),
        again=bool(key),
        until=(lambda: moment_text(until, event.zone)) if until else "",
        answer_link=lambda: cleaning.on_site(
            reverse("events:invitation", args=[member.slug, event.slug])
        ),
        reason=lambda: _("You receive this letter because you represent your city."),
        is_bulk=bool(key),
        expires_at=min(until or event.starts_at, event.starts_at),
    )


def _name_of(event: Event, member: Member) -> Callable[[], str]:
    day = event.starts_at.astimezone(event.zone).date()
    return lambda: name_on(member, day, translation.get_language())[0]


def paper(row: Invitation) -> bytes:
    """The letter to the head of the city as PDF on letterhead, in both languages."""
    texts = {code: _words(row, code) for code in LANGUAGE_CODES}
    title = texts["ru"]["title"]
    return documents.pdf(TEMPLATE, {"texts": texts}, title=title, language="ru")


def _words(row: Invitation, code: str) -> dict:
    event = row.event
    with translation.override(code):
        city, title = _name_of(event, row.member)(), in_language(event, "title")[0]
        return {
            "to": _addressee(row.member, city),
            "date": day_text(dated.today()),
            "title": _("Invitation to an event: %(title)s") % {"title": title},
            "facts": [(_("When"), _when(event)), (_("Where"), in_language(event, "place")[0])],
            "paragraphs": [
                _("We have invited %(city)s to this event and have no answer yet. The "
                  "representatives of the city have been reminded.") % {"city": city},
                _until(row.answer_until, event),
            ],
            "page": _("The page of the event: %(address)s")
            % {"address": cleaning.on_site(event.get_absolute_url())},
            "signature": _("Secretariat of the association"),
        }  # fmt: skip


def _addressee(member: Member, city: str) -> str:
    term = offices.head_on(member)
    if term is None:
        return _("To the administration: %(member)s") % {"member": city}
    name = in_language(term.person, "full_name")[0]
    return f"{in_language(term.office, 'title')[0]}, {city}\n{name}"


def _when(event: Event) -> str:
    words = when_text(event.starts_at, event.ends_at, event.zone)
    return f"{words}, {zone_words(event.starts_at, event.zone)}"


def _until(until: datetime.datetime | None, event: Event) -> str:
    email = settings.ASSOCIATION_EMAIL
    if until is None:
        return _("Please tell us whether your city comes: in the cabinet or by e-mail to "
                 "%(email)s.") % {"email": email}  # fmt: skip
    return _("Please tell us by %(moment)s whether your city comes: in the cabinet or by e-mail to "
             "%(email)s.") % {"moment": moment_text(until, event.zone), "email": email}  # fmt: skip
