"""The decisions the secretariat takes at once about the people of one event."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events import deciding, places
from events.models import Delegation, Event, Participant
from events.models.registration import WITHIN_QUOTA
from events.people import RegistrationRefused

Status = Participant.Status
LATER, ACCEPT, DECLINE = "later", "accept", "decline"
CHOICES = [(LATER, _("decide later")), (ACCEPT, _("let in")), (DECLINE, _("turn down"))]


@dataclass(frozen=True)
class Group:
    """One delegation: who sends it, its quota and how much of it is taken, and its people."""

    sender: str
    quota: int | None
    within: int
    rows: list[tuple[Participant, forms.BoundField, forms.BoundField]]


class DecisionsForm(forms.Form):
    """A decision and a reason for everybody who waits for one, in the order of registration."""

    def __init__(self, data=None, *, event: Event):
        super().__init__(data)
        self.event = event
        waiting = Participant.objects.filter(event=event, status__in=deciding.TO_DECIDE)
        self.people = list(
            waiting.select_related("delegation__member", "delegation__event")
            .prefetch_related("delegation__member__names")
            .order_by("delegation__created_at", "delegation", "order", "pk")
        )
        for person in self.people:
            self.fields[f"decision-{person.pk}"] = forms.ChoiceField(
                label=_("Decision about %(name)s") % {"name": person}, choices=CHOICES,
                initial=LATER, required=False,
            )  # fmt: skip
            self.fields[f"reason-{person.pk}"] = forms.CharField(
                label=_("Reason for the letter to %(name)s") % {"name": person},
                required=False, max_length=500,
            )  # fmt: skip

    def groups(self) -> list[Group]:
        """The delegations with somebody to decide about; two queries for all of them."""
        within = self._within()
        by_delegation: dict[Delegation, list[Participant]] = {}
        for person in self.people:
            by_delegation.setdefault(person.delegation, []).append(person)
        return [
            Group(
                delegation.sender_in(get_language()),
                places.quota_of(self.event, delegation),
                within.get(delegation.pk, 0),
                [(one, self[f"decision-{one.pk}"], self[f"reason-{one.pk}"]) for one in people],
            )
            for delegation, people in by_delegation.items()
        ]

    def _within(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        rows = Participant.objects.filter(event=self.event, status__in=WITHIN_QUOTA)
        for pk in rows.values_list("delegation_id", flat=True):
            counts[pk] = counts.get(pk, 0) + 1
        return counts

    def decide(self, by) -> tuple[int, list[str]]:
        """How many were decided, and why others could not be."""
        done, reasons = 0, []
        for person in self.people:
            choice = self.cleaned_data.get(f"decision-{person.pk}")
            if choice not in (ACCEPT, DECLINE):
                continue
            try:
                self._one(person, choice == ACCEPT, by)
                done += 1
            except RegistrationRefused as refused:
                reasons.append(str(refused))
        return done, reasons

    def _one(self, person: Participant, accept: bool, by) -> None:
        deed = (
            deciding.decide_pending
            if person.status == Status.PENDING
            else deciding.decide_over_quota
        )
        reason = self.cleaned_data[f"reason-{person.pk}"].strip()
        deed(person, accept, by, "" if accept else reason)
