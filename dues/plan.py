"""Who is to get which invoice for a year, and who gets none and why. Writes nothing."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from content.languages import LANGUAGE_CODES, in_language
from dues.models import CountryInGroup, Currency, FeeRate, FeeScale, Invoice, Payee
from members.models import Member, StatusChange

Status = StatusChange.Status
# Accepted applicants too: their first payment may make them members.
OWING = (Status.ACCEPTED, Status.MEMBER, Status.SUSPENDED)


@dataclass(frozen=True)
class Line:
    """One invoice to be issued. Days in ISO form, the amount as a decimal in a string."""

    member: int
    name_ru: str
    name_en: str
    scale: int
    currency: str
    amount: str
    due_on: str
    basis_ru: str
    basis_en: str
    population: int | None
    population_year: int | None

    def as_json(self) -> dict:
        return asdict(self)

    @property
    def name(self) -> str:
        return in_language(self, "name")[0]

    @property
    def basis(self) -> str:
        return in_language(self, "basis")[0]

    @property
    def money(self) -> Decimal:
        return Decimal(self.amount)

    @property
    def last_day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.due_on)


@dataclass(frozen=True)
class Problem:
    """A member that gets no invoice: `code` is no_rate, no_population, two_rates or no_payee."""

    member: Member
    code: str

    @property
    def text(self) -> str:
        return {
            "no_rate": _("no rate fits its kind, size and country"),
            "no_population": _("its population is not known, and the rate depends on it"),
            "two_rates": _("two scales of the year have a rate for it"),
            "no_payee": _("no payee is entered for the currency of its rate"),
        }[self.code]


@dataclass
class Plan:
    """What an issue would do. `already` counts the members that have an invoice of the year."""

    year: int
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    already: int = 0

    @property
    def digest(self) -> str:
        """Equal digests are equal plans: what is confirmed is what was seen."""
        text = json.dumps([line.as_json() for line in self.lines], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def sums(self) -> list[tuple[str, Decimal, int]]:
        """Currency, total and number of the invoices to be issued."""
        return [
            (code, sum((line.money for line in own), Decimal(0)), len(own))
            for code in Currency.values
            if (own := [line for line in self.lines if line.currency == code])
        ]


def day_of(year: int, today: datetime.date) -> datetime.date:
    """The day on which membership is looked at for the dues of a year: today, within the year."""
    return max(datetime.date(year, 1, 1), min(today, datetime.date(year, 12, 31)))


def candidates(year: int, issued_on: datetime.date) -> QuerySet[Member]:
    """Who owes a due for the year: members, the suspended and accepted applicants."""
    return Member.objects.with_status(day_of(year, issued_on)).filter(status__in=OWING)


def make(
    year: int,
    issued_on: datetime.date,
    due_on: datetime.date | None = None,
    members: QuerySet[Member] | None = None,
) -> Plan:
    """The plan of an issue, in a number of queries that does not grow with the members.

    `due_on` replaces the day of the scales; `members` the members of the year.
    """
    wanted = candidates(year, issued_on) if members is None else members
    wanted = wanted.with_population(datetime.date(year, 1, 1)).with_name_on(issued_on)
    has_one = set(Invoice.objects.valid().filter(year=year).values_list("member_id", flat=True))
    desk = _Desk(year, issued_on, due_on)
    plan = Plan(year)
    for member in wanted.in_alphabetical_order():
        if member.pk in has_one:
            plan.already += 1
            continue
        found = desk.judge(member)
        (plan.lines if isinstance(found, Line) else plan.problems).append(found)
    return plan


class _Desk:
    """The rates, groups and payees that hold for an issue, read once."""

    def __init__(self, year: int, issued_on: datetime.date, due_on: datetime.date | None):
        self.first_day = datetime.date(year, 1, 1)
        self.due_on = due_on
        rates = FeeRate.objects.filter(scale__year=year)
        self.rates = list(rates.select_related("scale", "size_category", "country_group"))
        entries = CountryInGroup.objects.on(self.first_day)
        self.group_of = dict(entries.values_list("country_id", "group_id"))
        currencies = {rate.scale.currency for rate in self.rates}
        self.paid = {code for code in currencies if Payee.on(code, issued_on)}
        self._words: dict[int, dict[str, str]] = {}

    def judge(self, member: Member) -> Line | Problem:
        fitting = self._fitting(member)
        if not fitting:
            return Problem(member, self._why_none(member))
        best = max(_weight(rate) for rate in fitting)
        winners = [rate for rate in fitting if _weight(rate) == best]
        if len(winners) > 1:
            return Problem(member, "two_rates")
        if winners[0].scale.currency not in self.paid:
            return Problem(member, "no_payee")
        return self._line(member, winners[0])

    def _of_its_kind(self, member: Member) -> Iterable[FeeRate]:
        kind, group = FeeRate.kind_of(member), self.group_of.get(member.country_id)
        for rate in self.rates:
            if rate.kind == kind and rate.country_group_id in (None, group):
                yield rate

    def _fitting(self, member: Member) -> list[FeeRate]:
        return [
            rate
            for rate in self._of_its_kind(member)
            if rate.size_category is None or rate.size_category.holds(member.population)
        ]

    def _why_none(self, member: Member) -> str:
        unknown = member.population is None and any(self._of_its_kind(member))
        return "no_population" if unknown else "no_rate"

    def _line(self, member: Member, rate: FeeRate) -> Line:
        return Line(
            member=member.pk,
            name_ru=member.dated_name_ru or "",
            name_en=member.dated_name_en or "",
            scale=rate.scale_id,
            currency=rate.scale.currency,
            amount=str(rate.amount),
            due_on=(self.due_on or rate.scale.due_on).isoformat(),
            population=member.population if rate.size_category else None,
            population_year=member.population_year if rate.size_category else None,
            **self._basis_of(rate, member),
        )

    def _basis_of(self, rate: FeeRate, member: Member) -> dict[str, str]:
        """The rate in words, with the population it was chosen by."""
        words = self._words_of(rate)
        if rate.size_category is None:
            return words
        return {f"basis_{code}": words[f"basis_{code}"] + _counted(member, code)
                for code in LANGUAGE_CODES}  # fmt: skip

    def _words_of(self, rate: FeeRate) -> dict[str, str]:
        if rate.pk not in self._words:
            self._words[rate.pk] = rate_words(rate)
        return self._words[rate.pk]


def _weight(rate: FeeRate) -> tuple[bool, bool]:
    """A rate that says more wins; the group of countries before the size."""
    return rate.country_group_id is not None, rate.size_category_id is not None


def rate_words(rate: FeeRate) -> dict[str, str]:
    """ "Fee scale for 2026: city, metropolis, district; Large city; Group A", in each language."""
    words = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            parts = [rate.get_kind_display()]
            if rate.size_category:
                parts.append(in_language(rate.size_category, "name", code)[0])
            if rate.country_group:
                parts.append(in_language(rate.country_group, "name", code)[0])
            title = in_language(rate.scale, "title", code)[0]
        words[f"basis_{code}"] = f"{title}: {'; '.join(parts)}"[:400]
    return words


def _counted(member: Member, language: str) -> str:
    with translation.override(language):
        count = number_format(member.population, use_l10n=True, force_grouping=True)
        words = _("population %(count)s (%(year)s)")
        return f"; {words}" % {"count": count, "year": member.population_year}


def scales_of(year: int) -> QuerySet[FeeScale]:
    return FeeScale.objects.filter(year=year)
