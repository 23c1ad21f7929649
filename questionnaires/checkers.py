"""Who checks what: experts their directions, the secretariat all, nobody the own city."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from members.models import Member
from questionnaires.models import Answer, AnswerNote, Expert, Response
from ratings.models import Edition, Indicator, IndicatorGroup

# Of the secretariat: who keeps questionnaires checks them, too.
PERMISSION = "questionnaires.change_response"
SENT = (Response.State.SUBMITTED, Response.State.CHECKED)
PENDING = (Answer.Check.WAITING, Answer.Check.ASKED)


def editions_for(user: Any) -> QuerySet[Edition]:
    """Editions whose answers this person checks, or could while they were open."""
    opened = Edition.objects.held().filter(opened_at__isnull=False)
    if not user.is_authenticated:
        return opened.none()
    if user.has_perm(PERMISSION):
        return opened
    return opened.filter(pk__in=Expert.objects.filter(user=user).values("edition"))


def to_check() -> Q:
    """Answers that need a decision: numbers, steps, "no such figure"; what was asked about.

    Texts are read and not decided on; where nothing was said there is nothing to check.
    """
    asked = Exists(AnswerNote.objects.filter(answer=OuterRef("pk")))
    said = Q(number__isnull=False) | Q(is_unknown=True) | ~Q(check_state=Answer.Check.WAITING)
    return ~Q(indicator__kind=Indicator.Kind.TEXT) & (said | Q(asked))


def with_parts(chosen: Iterable[int], parents: Mapping[int, int | None]) -> set[int]:
    """Keys of these groups and of all below them; `parents` says what each group is part of."""
    found = set(chosen)
    while more := {pk for pk, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@dataclass(frozen=True)
class Checker:
    """One person in one edition, with all that is theirs to check."""

    edition: Edition
    user: Any

    @cached_property
    def expert(self) -> Expert | None:
        rows = Expert.objects.filter(edition=self.edition, user=self.user)
        return rows.prefetch_related("groups").first()

    @cached_property
    def is_staff(self) -> bool:
        return self.user.has_perm(PERMISSION)

    @property
    def may_check(self) -> bool:
        return self.is_staff or self.expert is not None

    @cached_property
    def group_ids(self) -> set[int] | None:
        """Keys of the groups of their directions; None: all of them."""
        chosen = [] if self.is_staff or not self.expert else self.expert.groups.all()
        if not chosen:
            return None
        rows = IndicatorGroup.objects.filter(edition=self.edition)
        return with_parts((one.pk for one in chosen), dict(rows.values_list("pk", "parent_id")))

    @cached_property
    def own_cities(self) -> set[int]:
        """Keys of members whose answers somebody else checks: their home, those they act for."""
        own = set(Member.objects.editable_by(self.user).values_list("pk", flat=True))
        return own | ({self.expert.home_id} if self.expert and self.expert.home_id else set())

    def responses(self) -> QuerySet[Response]:
        """Questionnaires that were sent, of all cities but their own."""
        if not self.may_check:
            return Response.objects.none()
        sent = Response.objects.filter(edition=self.edition, state__in=SENT)
        return sent.exclude(member__in=self.own_cities)

    def indicators(self) -> QuerySet[Indicator]:
        """What is asked in their directions, in the order of the questionnaire."""
        if not self.may_check:
            return Indicator.objects.none()
        found = Indicator.objects.filter(edition=self.edition)
        if self.group_ids is not None:
            found = found.filter(group__in=self.group_ids)
        return found.select_related("group").order_by("group__order", "group", "order", "pk")

    def answers(self) -> QuerySet[Answer]:
        """Answers they may read: of their directions, in what other cities sent."""
        if not self.may_check:
            return Answer.objects.none()
        found = Answer.objects.filter(
            response__edition=self.edition, response__state__in=SENT
        ).exclude(response__member__in=self.own_cities)
        return found if self.group_ids is None else found.filter(
            indicator__group__in=self.group_ids
        )  # fmt: skip


def checker_of(user: Any, edition: int) -> Checker:
    """This person in the edition with this key; Http404 for everybody who checks nothing there."""
    found = editions_for(user).select_related("rating").filter(pk=edition).first()
    if found is None:
        raise Http404
    return Checker(found, user)
