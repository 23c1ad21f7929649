"""Calls for entries as readers see them: whether they are open, who may enter, what is lacking."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from awards import deadlines
from awards.models import Award, Category, EntrantKind, Round
from content.dates import day_text, local_day

SOON = datetime.timedelta(days=14)

# What calls may lack by the word of upper apps: code -> label and rounds, for the admin's list.
lacking: dict[str, tuple[str, Callable[[], QuerySet[Round]]]] = {}


class Phase(models.TextChoices):
    """Where a round stands."""

    NOT_YET = "not_yet", pgettext_lazy("a call", "opens later")
    OPEN = "open", pgettext_lazy("a call", "open")
    CLOSED = "closed", pgettext_lazy("a call", "over")

    @classmethod
    def of(cls, round: Round, now: datetime.datetime) -> "Phase":
        """The phase of a round by its window; prefetch its categories for lists."""
        if now < round.opens_at:
            return cls.NOT_YET
        return cls.OPEN if now < deadlines.closing(round) else cls.CLOSED


KINDS_OF_STATUS = {Phase.NOT_YET: "info", Phase.OPEN: "good", Phase.CLOSED: ""}


@dataclass(frozen=True)
class CallCard:
    """A round on a public page at one moment."""

    round: Round
    now: datetime.datetime

    @cached_property
    def closes_at(self) -> datetime.datetime:
        """When the last of its categories closes."""
        return deadlines.closing(self.round)

    @cached_property
    def phase(self) -> Phase:
        return Phase.of(self.round, self.now)

    @property
    def is_open(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def status(self) -> str:
        """Open until 15 December 2026; opens on 1 February 2027; being judged; over."""
        if self.phase == Phase.NOT_YET:
            return _("Opens on %(day)s") % {"day": self._day(self.round.opens_at)}
        if self.phase == Phase.OPEN:
            return _("Open until %(day)s") % {"day": self._day(self.closes_at)}
        return _("Being judged") if self.is_being_judged else _("Entries are closed")

    @property
    def status_kind(self) -> str:
        return KINDS_OF_STATUS[self.phase]

    @property
    def is_being_judged(self) -> bool:
        """Over, with a day of the results still to come."""
        expected = self.round.results_expected_on
        is_to_come = expected is not None and expected >= local_day(self.now, self.round.zone)
        return self.phase == Phase.CLOSED and is_to_come

    @property
    def own_deadlines(self) -> list[Category]:
        """Categories that close at another moment than the whole call does."""
        rows = self.round.categories.all()
        return [one for one in rows if (one.closes_at or self.round.closes_at) != self.closes_at]

    @property
    def has_ages(self) -> bool:
        return any(one.min_age for one in self.round.categories.all())

    @property
    def has_limits(self) -> bool:
        return any(one.limit_per_entrant for one in self.round.categories.all())

    @property
    def who(self) -> str:
        """Who may enter, in words: "member of the association, any city"."""
        kinds = self.round.who_may_enter
        return ", ".join(str(kind.label) for kind in EntrantKind if kind in kinds)

    @property
    def is_for_outsiders(self) -> bool:
        """Whether anybody enters without a cabinet."""
        return any(kind != EntrantKind.MEMBER for kind in self.round.who_may_enter)

    @property
    def is_for_members(self) -> bool:
        """Whether members enter through their cabinets."""
        return bool({EntrantKind.MEMBER, EntrantKind.CITY} & set(self.round.who_may_enter))

    def _day(self, moment: datetime.datetime) -> str:
        return day_text(local_day(moment, self.round.zone))


@dataclass(frozen=True)
class AwardCard:
    """An award in the list, with the round that says what can be done now."""

    award: Award
    call: CallCard | None

    @classmethod
    def of(cls, award: Award, now: datetime.datetime) -> "AwardCard":
        """The open round that closes first, or one to come, or one that is being judged."""
        cards = [CallCard(one, now) for one in award.shown_rounds]
        open_ones = sorted((one for one in cards if one.is_open), key=lambda one: one.closes_at)
        later = [one for one in reversed(cards) if one.phase == Phase.NOT_YET]
        judged = [one for one in cards if one.is_being_judged]
        return cls(award, next(iter([*open_ones, *later, *judged]), None))


def awards_with_rounds(now: datetime.datetime) -> QuerySet[Award]:
    """Published awards, each with its public rounds in `shown_rounds`, the latest year first."""
    rounds = Round.objects.published(now).select_related("award").prefetch_related("categories")
    shown = rounds.defer("rules", "rules_ru", "rules_en")
    return Award.objects.published(now).prefetch_related(
        Prefetch("rounds", queryset=shown, to_attr="shown_rounds")
    )


def without_rules(now: datetime.datetime) -> QuerySet[Round]:
    """Rounds that are open, or will be soon, and whose rules nobody has written."""
    empty = Q()
    for code in ("ru", "en"):
        empty &= Q(**{f"rules_{code}": None}) | Q(**{f"rules_{code}": ""})
    coming = Q(opens_at__gt=now, opens_at__lte=now + SOON)
    is_open = Q(pk__in=Round.objects.open(now).order_by().values("pk"))
    return Round.objects.filter(empty).filter(coming | is_open).exclude(status="withdrawn")
