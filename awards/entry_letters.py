"""Letters about entries: to an entrant's own address, or to who answers for a member.

They are written into the outbox in the caller's transaction.
"""

import datetime
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from awards import deadlines, entrant_links
from awards.models import Entrant, Entry, Extension, Round
from content.dates import moment_text
from content.languages import LANGUAGE_CODES, in_language
from mailing import cleaning, outbox
from members import mandates

CONFIRM_WITHIN = datetime.timedelta(days=3)


@dataclass(frozen=True)
class Reader:
    """Somebody to write to; `zone` is their own clock where it is known."""

    email: str
    language: str
    name: str
    zone: zoneinfo.ZoneInfo | None = None
    user: User | None = None


def readers_of(entrant: Entrant) -> list[Reader]:
    """Who gets the letters of an entrant: itself, or those who answer for the member today."""
    if entrant.member_id is None:
        return [Reader(entrant.email, entrant.language, entrant.contact_name)]
    users = mandates.answering_for([entrant.member_id]).get(entrant.member_id, [])
    return [
        Reader(
            user.email, user.language, user.full_name,
            zoneinfo.ZoneInfo(user.time_zone) if user.time_zone else None, user,
        )
        for user in users
    ]  # fmt: skip


def facts(round: Round, entrant: Entrant) -> dict[str, Any]:
    """What every letter says of its round and its entrant."""
    lacking = [code for code in LANGUAGE_CODES if not getattr(round, f"title_{code}")]
    return {
        "award": lambda: in_language(round.award, "title")[0],
        "title": lambda: in_language(round, "title")[0],
        "round_link": lambda: cleaning.on_site(round.get_absolute_url()),
        "own_link": lambda: cleaning.on_site(entrant_links.own_page(entrant)),
        "entrant": lambda: entrant.name_in(get_language()),
        "missing_language": lacking[0] if lacking else None,
        "reason": lambda: _("You receive this letter because of an entry for this call."),
    }


def until_text(
    moment: datetime.datetime, round: Round, own: zoneinfo.ZoneInfo | None
) -> Callable[[], str]:
    """A deadline by the clock of the round, and by the reader's where it shows another hour."""

    def words() -> str:
        text = moment_text(moment, round.zone)
        if (
            own is None
            or moment.astimezone(own).utcoffset() == moment.astimezone(round.zone).utcoffset()
        ):
            return text
        return _("%(moment)s, that is %(own)s") % {"moment": text, "own": moment_text(moment, own)}

    return words


def about_entry(entry: Entry) -> dict[str, Any]:
    """What a letter says of one entry."""
    return {
        "number": entry.code,
        "entry_title": lambda: entry.title_in(get_language()) or _("a draft without a title"),
        "entry_link": lambda: cleaning.on_site(entrant_links.entry_page(entry)),
    }


def sent(entry: Entry) -> None:
    """The entry has arrived: its number, and until when it can be changed."""
    until = deadlines.closing_for(entry.entrant, entry.category)
    for reader in readers_of(entry.entrant):
        context = {"until": until_text(until, entry.round, reader.zone)}
        _write(f"awards.sent:{entry.pk}", "entry_sent", reader, entry, context)


def refused(entry: Entry) -> None:
    """The entry is not admitted, and why; the same reason is not told twice."""
    key = f"awards.refused:{entry.pk}:{timezone.now():%Y%m%d%H%M%S}"
    for reader in readers_of(entry.entrant):
        _write(key, "entry_refused", reader, entry, {"why": entry.refused_reason})


def _write(key: str, template: str, reader: Reader, entry: Entry, context: dict) -> None:
    outbox.write(
        key,
        reader.email,
        reader.language,
        f"awards/mail/{template}",
        {
            **facts(entry.round, entry.entrant),
            **about_entry(entry),
            "name": reader.name,
            **context,
        },
        is_secret=holds_a_link(entry.entrant),
        user=reader.user,
        about=entry.round,
    )


def holds_a_link(entrant: Entrant) -> bool:
    """Whether letters to an entrant open its pages, with names of children: staff do not read them.

    Those to members lead to the cabinet, where one signs in.
    """
    return entrant.member_id is None


def confirm(entrant: Entrant, now: datetime.datetime) -> None:
    """The link by which somebody without an account begins: to the address that was typed."""
    until = now + CONFIRM_WITHIN
    outbox.write(
        f"awards.confirm:{entrant.pk}:{now:%Y%m%d%H}",
        entrant.email,
        entrant.language,
        "awards/mail/entrant_confirm",
        {
            **facts(entrant.round, entrant),
            "name": "",
            "until": lambda: moment_text(until, entrant.round.zone),
        },
        is_secret=True,
        expires_at=until,
        about=entrant.round,
    )


def known(entrant: Entrant, now: datetime.datetime) -> None:
    """The link again, to an address that was confirmed before: once in an hour at most."""
    outbox.write(
        f"awards.known:{entrant.pk}:{now:%Y%m%d%H}",
        entrant.email,
        entrant.language,
        "awards/mail/entrant_known",
        {**facts(entrant.round, entrant), "name": entrant.contact_name},
        is_secret=True,
        about=entrant.round,
    )


def extended(extension: Extension, link: Callable[[], str]) -> None:
    """A longer deadline was granted: until when, why, and the link that works until then."""
    entrant = extension.entrant
    for reader in readers_of(entrant):
        outbox.write(
            f"awards.extended:{extension.pk}",
            reader.email,
            reader.language,
            "awards/mail/entrant_extended",
            {
                **facts(entrant.round, entrant),
                "name": reader.name,
                "until": until_text(extension.until, entrant.round, reader.zone),
                "why": extension.reason,
                "extension_link": link,
            },
            is_secret=True,
            user=reader.user,
            expires_at=extension.until,
            about=entrant.round,
        )
