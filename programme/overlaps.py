"""One hall and one speaker are in one place at a time: who is in the way, by name.

The database refuses overlaps (exclusion constraints); this says beforehand which session it is.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import Q
from django.utils.translation import gettext as _

from content.languages import in_language
from events.words import when_text
from programme.models import Session, SpeakerRole

CONSTRAINTS = ("programme_session_hall_once", "programme_speakerrole_")


def _at_that_time(session: Session):
    rows = Session.objects.kept().filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
    )
    return rows.exclude(pk=session.pk).select_related("event").order_by("starts_at", "pk")


def words_of(session: Session) -> str:
    """A session as a refusal names it: title, hours, and the event."""
    return _("“%(title)s”, %(when)s (%(event)s)") % {
        "title": in_language(session, "title")[0],
        "when": when_text(session.starts_at, session.ends_at, session.zone),
        "event": in_language(session.event, "title")[0],
    }


def refuse_hall(session: Session) -> None:
    """Raise ValidationError beside `hall` when another session takes it at this time."""
    if session.hall_id is None or session.is_dropped:
        return
    other = _at_that_time(session).filter(hall=session.hall_id).first()
    if other is not None:
        words = _("The hall is taken: %(session)s.") % {"session": words_of(other)}
        raise ValidationError({"hall": words})


def speaker_elsewhere(session: Session, role: SpeakerRole) -> Session | None:
    """Another session in which this speaker is at the time of `session`."""
    same = Q()
    if role.person_id:
        same |= Q(roles__person=role.person_id)
    if role.participant_id:
        same |= Q(roles__who=role.participant.whole_id or role.participant_id)
    if role.address:
        same |= Q(roles__email__iexact=role.address)
        same |= Q(roles__participant__email__iexact=role.address)
    if not same or session.is_dropped:
        return None
    return _at_that_time(session).filter(same).first()


def speaker_words(role: SpeakerRole, other: Session) -> str:
    """The sentence beside a speaker who is elsewhere."""
    words = {"name": role.name_in(), "session": words_of(other)}
    return _("%(name)s is in another session then: %(session)s.") % words


def refuse_speakers(session: Session, roles: Iterable[SpeakerRole]) -> None:
    """Raise ValidationError (no field) when speakers of `session` are elsewhere at its time."""
    problems = []
    for role in roles:
        if (other := speaker_elsewhere(session, role)) is not None:
            problems.append(speaker_words(role, other))
    if problems:
        raise ValidationError(problems)


def is_overlap(error: DatabaseError) -> bool:
    """Whether the database refused an overlap that came in between."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    return name.startswith(CONSTRAINTS)
