"""What participants keep themselves on the page of their place: consent, answers, guests all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import cacheversion
from events import deadlines, places, questions
from events.models import Delegation, Participant
from events.people import Problem, RegistrationRefused


@transaction.atomic
def change(
    participant: Participant, own: Mapping[str, Any], answers: Mapping[str, Any]
) -> Participant:
    """Write the columns in `own` and the answers; the consent may change at any time.

    RegistrationRefused: the time for other changes is over, or the person has left.
    """
    event = places.lock(participant.event_id)
    person = Participant.objects.select_related("delegation__member").get(pk=participant.pk)
    person.event, now = event, timezone.now()
    changed = [
        name for name, value in own.items() if (getattr(person, name) or "") != (value or "")
    ]
    if answers or set(changed) - {"is_listed"}:
        _refuse_late(person, now)
    for name in changed:
        setattr(person, name, own[name])
    if "is_listed" in changed:
        person.listed_changed_at = now
        changed.append("listed_changed_at")
    if changed:
        person.save(update_fields=changed)
        _raise_version(person.delegation)
        cacheversion.bump()
    questions.save(person, answers)
    return person


def _refuse_late(person: Participant, now) -> None:
    reason = places.why_final(person.event, now) or deadlines.why_no_change(person.event, now)
    if not reason and not person.is_active:
        reason = _("You are not registered for this event any more.")
    if reason:
        raise RegistrationRefused(Problem(reason))


def _raise_version(delegation: Delegation) -> None:
    """Whoever has the delegation's form open learns that something changed."""
    delegation.version += 1
    delegation.save(update_fields=["version", "updated_at"])
