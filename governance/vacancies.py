"""The vacancy watch: seats of members on which nobody sits, since when, and whom to ask.

Nothing is stored: a seat turns "to be filled" on the day after the office of its delegate ended.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from content.dated import today
from content.dates import day_text
from content.languages import in_language
from governance.models import DelegateProposal, OfficeTerm, SeatFilling, SeatTerm
from mailing import cleaning, reminders
from members import attention, mandates
from members.models import Member

ONE_DAY = datetime.timedelta(days=1)
# A seat that nobody filled for longer is history that was entered late: no letter about it.
LOOK_BACK = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Vacancy:
    """A seat of a member to be filled, and whoever sat there last (None: nobody did)."""

    term: SeatTerm
    last: SeatFilling | None
    since: datetime.date | None

    @property
    def occasion(self) -> str:
        """The key of the one request about this vacancy."""
        since = f"{self.since:%Y%m%d}" if self.since else "start"
        return f"governance.to_be_filled:{self.term.pk}:{since}"

    def still_holds(self) -> bool:
        """Whether the seat is still to be filled; locks its term: who fills it waits meanwhile."""
        SeatTerm.objects.select_for_update(of=("self",)).filter(pk=self.term.pk).first()
        return SeatTerm.objects.to_be_filled().filter(pk=self.term.pk).exists()


def vacancies(
    day: datetime.date | None = None, members: Iterable[Member] | None = None
) -> list[Vacancy]:
    """Seats of members (of these members) to be filled on that day, in two queries."""
    day = day or today()
    terms = (
        SeatTerm.objects.to_be_filled(day)
        .select_related("member", "seat__body")
        .order_by("seat__body__order", "seat__body_id", "seat__order", "pk")
    )
    if members is not None:
        terms = terms.filter(member__in=members)
    terms = list(terms)
    last = _last_delegates(terms, day)
    return [_vacancy(term, last.get(term.pk)) for term in terms]


def _last_delegates(terms: list[SeatTerm], day: datetime.date) -> dict[int, SeatFilling]:
    fillings = SeatFilling.objects.filter(
        term__in=terms, role=SeatFilling.Role.DELEGATE
    ).select_related("person", "term", "office_term__office")
    past = [one for one in fillings if one.lasts_until and one.lasts_until < day]
    return {one.term_id: one for one in sorted(past, key=lambda one: one.lasts_until)}


def _vacancy(term: SeatTerm, last: SeatFilling | None) -> Vacancy:
    return Vacancy(term, last, last.lasts_until + ONE_DAY if last else term.starts_on)


def vacant_heads(day: datetime.date | None = None) -> list[OfficeTerm]:
    """The last terms of heads whose office at a member nobody holds on that day."""
    day = day or today()
    held = OfficeTerm.objects.heads(day).values("office__member_id")
    past = (
        OfficeTerm.objects.filter(
            office__kind="head", office__member__isnull=False, ends_on__lt=day
        )
        .exclude(office__member_id__in=held)
        .select_related("person", "office__member")
        .order_by("ends_on", "pk")
    )
    return list({term.office.member_id: term for term in past}.values())


def waiting_for(terms: Iterable[SeatTerm]) -> dict[int, DelegateProposal]:
    """Delegates that members have proposed and nobody decided, by primary key of the term."""
    proposals = DelegateProposal.objects.filter(
        term__in=list(terms), state=DelegateProposal.State.WAITING, role="delegate"
    )
    return {one.term_id: one for one in proposals}


@attention.register
def seats_to_fill(member: Member, user: User) -> Iterator[attention.Attention]:
    """Who answers for the member names a new delegate for each of its seats to be filled."""
    found = vacancies(members=[member])
    if not found or not mandates.may_answer(user, member):
        return
    waiting = waiting_for(one.term for one in found)
    for one in found:
        if one.term.pk not in waiting:
            yield attention.Attention(
                title=_("Name a new delegate: %(seat)s") % {"seat": seat_words(one.term)},
                url=reverse("governance:propose", args=[member.slug, one.term.pk]),
                action=_("Name the delegate"),
                note=_("The seat is to be filled since %(day)s")
                % {"day": day_text(one.since)} if one.since else "",
                is_hot=True,
            )  # fmt: skip


def seat_words(term: SeatTerm) -> str:
    """The body and the seat in the active language: "Council, member of the Council"."""
    body, seat = in_language(term.seat.body, "name")[0], in_language(term.seat, "title")[0]
    return f"{body}, {seat}"


@reminders.register
def requests_to_members(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """One request to the representatives of the member for each vacancy, on its first day."""
    day = timezone.localdate(now, timezone.get_default_timezone())
    found = [
        one for one in vacancies(day) if one.since and day - LOOK_BACK <= one.since <= day
    ]  # fmt: skip
    people = mandates.answering_for({one.term.member_id for one in found}, day)
    for one in found:
        for user in people.get(one.term.member_id, []):
            yield _request(one, user)


def _request(one: Vacancy, user: User) -> reminders.DueReminder:
    term = one.term
    midnight = datetime.datetime.combine(one.since, datetime.time())
    return reminders.DueReminder(
        occasion=one.occasion,
        email=user.email,
        language=user.language,
        user=user,
        template="governance/mail/to_be_filled",
        context={
            "name": user.full_name,
            "city": lambda: in_language(term.member, "name")[0],
            "seat": lambda: seat_words(term),
            "since": lambda: day_text(one.since),
            "former": lambda: in_language(one.last.person, "full_name")[0] if one.last else "",
            "link": lambda: cleaning.on_site(
                reverse("governance:propose", args=[term.member.slug, term.pk])
            ),
        },
        due_at=timezone.make_aware(midnight, timezone.get_default_timezone()),
        is_bulk=False,
        about=term,
        still_holds=one.still_holds,
    )
