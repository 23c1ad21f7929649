"""Who may enter a round: asked before anything is typed, and again when an entry is sent."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from awards.models import Category, Entrant, EntrantKind, Entry, Round
from content.dated import today
from dues.models import Invoice
from members.models import Country, Member

# What counts against a limit. Withdrawn and refused entries do not.
COUNTED = (Entry.State.DRAFT, Entry.State.SUBMITTED)


@dataclass(frozen=True)
class Refusal:
    """Why somebody cannot enter, and what to do about it; `url` is the page where it is done."""

    reason: str
    what_to_do: str = ""
    url: str = ""

    def __str__(self):
        return " ".join(filter(None, [self.reason, self.what_to_do]))


def of_member(round: Round, member: Member) -> Refusal | None:
    """Why a member cannot enter a round; None when it can. At most three queries."""
    kinds = {EntrantKind.MEMBER, EntrantKind.CITY}
    if not kinds & set(round.who_may_enter):
        return _wrong_kind(round)
    if not Member.objects.members().filter(pk=member.pk).exists():
        return Refusal(
            _("The association has no valid membership of %(city)s.") % {"city": member},
            _("Write to the secretariat if this is a mistake."),
        )
    return _outside(round, member.country) or _dues(round, member)


def of_outsider(round: Round, kind: str, country: Country | None) -> Refusal | None:
    """Why a city that is no member, an institution or a person cannot enter; None if it can."""
    if kind not in round.who_may_enter or kind == EntrantKind.MEMBER:
        return _wrong_kind(round)
    return _outside(round, country)


def of_entrant(entrant: Entrant) -> Refusal | None:
    """Why this entrant may not enter its round (any more); None if it may."""
    if entrant.member is not None:
        return of_member(entrant.round, entrant.member)
    country = entrant.country or (entrant.home.country if entrant.home else None)
    return of_outsider(entrant.round, entrant.kind, country)


def kinds_of_outsiders(round: Round) -> list[str]:
    """Who may enter by the public page: all kinds but members, in their usual order."""
    return [kind for kind in EntrantKind.values if kind in round.who_may_enter and kind != "member"]


def over_limit(entrant: Entrant, category: Category | None, *, sent_only=False, but=None) -> str:
    """Why one more entry is one too many, as a sentence; empty when it is not.

    Drafts count unless `sent_only`; the entry `but` does not. Ask under the lock of the round.
    """
    states = (Entry.State.SUBMITTED,) if sent_only else COUNTED
    entries = entrant.entries.filter(state__in=states).exclude(pk=but.pk if but else None)
    limit = entrant.round.limit_per_entrant
    if limit and entries.count() >= limit:
        return _words(limit)
    limit = category.limit_per_entrant if category else None
    if limit and entries.filter(category=category).count() >= limit:
        return _words_of_category(limit)
    return ""


def _words(limit: int) -> str:
    return ngettext(
        "One entrant may enter %(limit)d work in this call. To send another one, withdraw the one "
        "you have.",
        "One entrant may enter %(limit)d works in this call. To send another one, withdraw one of "
        "those you have.",
        limit,
    ) % {"limit": limit}


def _words_of_category(limit: int) -> str:
    return ngettext(
        "One entrant may enter %(limit)d work in this category. Choose another category, or "
        "withdraw the one you have.",
        "One entrant may enter %(limit)d works in this category. Choose another category, or "
        "withdraw one of those you have.",
        limit,
    ) % {"limit": limit}


def _wrong_kind(round: Round) -> Refusal:
    names = {
        "member": pgettext("this call is for", "members of the association"),
        "city": pgettext("this call is for", "cities"),
        "institution": pgettext("this call is for", "institutions"),
        "person": pgettext("this call is for", "persons"),
    }
    who = ", ".join(names[kind] for kind in EntrantKind.values if kind in round.who_may_enter)
    reason = _("This call is for: %(who)s.") % {"who": who}
    if round.who_may_enter == [EntrantKind.MEMBER]:
        return Refusal(reason, _("A city that joins may enter."), reverse("members:how_to_join"))
    return Refusal(reason)


def _outside(round: Round, country: Country | None) -> Refusal | None:
    if not round.region_only:
        return None
    inside = Country.objects.on(today()).filter(is_in_region=True)
    if country is not None and inside.filter(pk=country.pk).exists():
        return None
    return Refusal(
        _("This call is for the countries of the Eurasia region only."),
        _("Write to the secretariat if you think that you belong to it."),
    )


def _dues(round: Round, member: Member) -> Refusal | None:
    if not round.dues_required or not Invoice.objects.overdue().filter(member=member).exists():
        return None
    return Refusal(
        _("This call is for members without overdue dues, and %(city)s has one.")
        % {"city": member},
        _("Pay it, and enter as soon as the payment has arrived."),
        reverse("dues:cabinet", args=[member.slug]),
    )
