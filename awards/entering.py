"""Who enters a round: members by their cabinet, others by an address that they confirm.

Whoever asks with an address learns nothing about who has entered: the letter tells its owner.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from awards import deadlines, eligibility, entrant_links, entry_letters
from awards.models import Entrant, Round
from awards.sending import EntryRefused
from mailing.models import normalised_address
from members.models import Member
from partnerships import sides

CONFIRM_WITHIN = entry_letters.CONFIRM_WITHIN


@dataclass(frozen=True)
class Outsider:
    """What somebody without an account says of themselves; `country` is an ISO code."""

    kind: str
    name: str
    home: Member | None
    home_text: str
    country: str
    contact_name: str
    email: str
    language: str


def of_member(round: Round, member: Member) -> Entrant:
    """The member as an entrant of the round, the same one at every call."""
    entrant, _is_new = Entrant.objects.get_or_create(
        round=round, member=member, defaults={"kind": "member", "home": member}
    )
    entrant.round, entrant.member = round, member
    return entrant


@transaction.atomic
def apply(round: Round, who: Outsider, now: datetime.datetime | None = None) -> None:
    """Keep what was typed and send the link that confirms the address.

    Who has confirmed it before gets their link again, and nothing of theirs is changed.
    EntryRefused: the round is not open, or they may not enter it.
    """
    now = now or timezone.now()
    if closed := deadlines.why_closed(round, now):
        raise EntryRefused(closed)
    country = who.home.country if who.home else sides.country(who.country)
    if refusal := eligibility.of_outsider(round, who.kind, country):
        raise EntryRefused(str(refusal))
    email = normalised_address(who.email)
    entrant = Entrant.objects.select_for_update(of=("self",)).filter(round=round, email=email)
    found = entrant.first()
    if found and found.confirmed_at:
        entry_letters.known(found, now)
        return
    if found and is_lapsed(found, now):
        found.created_at = now  # another link, another three days
    found = _keep(found or Entrant(round=round, email=email), who, country)
    entry_letters.confirm(found, now)


def _keep(entrant: Entrant, who: Outsider, country) -> Entrant:
    for name in ("kind", "home", "home_text", "contact_name", "language"):
        setattr(entrant, name, getattr(who, name))
    entrant.name_ru = who.name if who.language == "ru" else ""
    entrant.name_en = who.name if who.language == "en" else ""
    entrant.country = country
    entrant.save()
    entrant_links.keep(entrant)
    return entrant


@transaction.atomic
def send_link(round: Round, email: str, now: datetime.datetime | None = None) -> None:
    """The link once more, if somebody enters the round with this address; says nothing else."""
    now = now or timezone.now()
    found = Entrant.objects.filter(round=round, email=normalised_address(email)).first()
    if found and found.confirmed_at:
        entry_letters.known(found, now)
    elif found and not is_lapsed(found, now):
        entry_letters.confirm(found, now)


@transaction.atomic
def confirm(entrant: Entrant, now: datetime.datetime | None = None) -> Entrant:
    """The address is theirs; twice is as good as once."""
    entrant = Entrant.objects.select_for_update(of=("self",)).get(pk=entrant.pk)
    if entrant.confirmed_at is None:
        entrant.confirmed_at = now or timezone.now()
        entrant.save(update_fields=["confirmed_at"])
    return entrant


def is_lapsed(entrant: Entrant, now: datetime.datetime) -> bool:
    """Whether nobody confirmed the address in time."""
    last = entrant.created_at + CONFIRM_WITHIN
    return entrant.confirmed_at is None and now >= last
