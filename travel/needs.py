"""What somebody needs to take part: a special category of data, sealed, for named staff alone."""

import datetime
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.vault import Unreadable, Vault
from content import audit
from events.models import Participant
from travel import passports
from travel.models import AccessNeeds

VAULT = Vault("travel.access needs")


@dataclass(frozen=True)
class Needs:
    """What is needed; `other` in the person's own words."""

    wheelchair: bool = False
    sign_language: bool = False
    hearing_loop: bool = False
    other: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def in_words(self) -> list[str]:
        """What is needed, in the language of the reader."""
        words = {
            "wheelchair": _("a way without steps, for a wheelchair"),
            "sign_language": _("interpretation into sign language"),
            "hearing_loop": _("a hearing loop"),
        }
        told = [text for name, text in words.items() if getattr(self, name)]
        return [*told, self.other] if self.other else told


@transaction.atomic
def save(person: Participant, needs: Needs, by: Any) -> None:
    """Keep what somebody needs; nothing ticked erases it. Consent was given in the form."""
    if not needs:
        AccessNeeds.objects.filter(participant=person).delete()
        return
    sealed = VAULT.encrypt(json.dumps(asdict(needs)))
    AccessNeeds.objects.update_or_create(
        participant=person, defaults={"sealed": sealed, "consented_at": timezone.now()}
    )
    _log("entered", person, by)


def of(person: Participant) -> Needs:
    """What the person told: for their own form, and for their delegation's."""
    stored = AccessNeeds.objects.filter(participant=person).first()
    return _opened(stored) if stored else Needs()


def reveal(event, by: Any) -> list[tuple[Participant, Needs]]:
    """Everybody at an event who needs something, for one member of staff; written down."""
    rows = AccessNeeds.objects.filter(participant__in=event.participants.active()).select_related(
        "participant__delegation__member", "participant__event"
    )
    found = [(row.participant, _opened(row)) for row in rows.order_by("participant")]
    with transaction.atomic():
        for person, _needs in found:
            _log("viewed", person, by)
    return found


def purge(now: datetime.datetime) -> int:
    """Erase what is no longer needed; returns how many people's."""
    erased, _rows = AccessNeeds.objects.filter(passports.due(now)).delete()
    return erased


def _opened(stored: AccessNeeds) -> Needs:
    try:
        return Needs(**json.loads(VAULT.decrypt(stored.sealed)))
    except Unreadable:
        return Needs(other=passports.UNREADABLE)


def _log(deed: str, person: Participant, by: Any) -> None:
    audit.record(f"travel.needs.{deed}", person, by, f"participant {person.pk}: {person.event}")
