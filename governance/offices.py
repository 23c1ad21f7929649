"""Who holds an office on a day; appointing to an office and ending a term."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from content.dated import Precision, last_day
from content.records import refresh_derived
from governance.models import EndReason, Office, OfficeTerm, Person
from governance.overlaps import overlapping
from members.models import Member

ONE_DAY = datetime.timedelta(days=1)


def head_on(member: Member, day: datetime.date | None = None) -> OfficeTerm | None:
    """The term of the head of a member on that day (today when not given); None when vacant."""
    return heads_on([member.pk], day).get(member.pk)


def heads_on(member_ids: Iterable[int], day: datetime.date | None = None) -> dict[int, OfficeTerm]:
    """The heads of these members on that day, by primary key of the member; vacant ones lack.

    One query; person and office come with the terms.
    """
    terms = (
        OfficeTerm.objects.heads(day)
        .filter(office__member_id__in=list(member_ids))
        .select_related("person", "office")
    )
    found: dict[int, OfficeTerm] = {}
    for term in terms:
        found.setdefault(term.office.member_id, term)
    return found


@transaction.atomic
def appoint(
    office: Office,
    person: Person,
    starts_on: datetime.date | None,
    *,
    by: Any = None,
    starts_precision: str = Precision.DAY,
    closes_predecessor: bool = False,
    **fields,
) -> OfficeTerm:
    """A new term of office; `closes_predecessor` ends the running term of a single office.

    `fields`: others of OfficeTerm. Raises ValidationError: the days overlap with another term, or
    the term ends before it begins.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    term = OfficeTerm(
        office=office,
        person=person,
        starts_on=starts_on,
        starts_precision=starts_precision,
        **fields,
    )
    term.round_days()
    if closes_predecessor and office.is_single:
        _close_predecessor(term, by)
    term.full_clean()
    term.save()
    refresh_derived(person)
    audit.record("office.appointed", term, by, f"{person}: {office}")
    return term


def _close_predecessor(term: OfficeTerm, by: Any) -> None:
    """End the term that runs into the beginning of `term`, unless it began on or after it."""
    if term.starts_on is None:
        return
    running = overlapping(term, OfficeTerm.objects.filter(office=term.office)).first()
    if running is None or (running.starts_on and running.starts_on >= term.starts_on):
        return
    again = running.person_id == term.person_id
    reason = EndReason.RE_ELECTED if again else EndReason.TERM
    end_term(running, term.starts_on - ONE_DAY, reason, by=by, precision=term.starts_precision)


@transaction.atomic
def end_term(
    term: OfficeTerm,
    day: datetime.date,
    reason: str,
    *,
    by: Any = None,
    precision: str = Precision.DAY,
    **note,
) -> OfficeTerm:
    """End a term on its last day, for a reason of EndReason; `note_ru`, `note_en` may say more.

    Every seat filled by virtue of it turns "to be filled" on the day after, by itself.
    Raises ValidationError when it would end before it begins.
    """
    term = OfficeTerm.objects.select_for_update().get(pk=term.pk)
    if term.starts_on and last_day(day, precision) < term.starts_on:
        raise ValidationError({"ends_on": _("An office does not end before it begins.")})
    before = term.ends_on
    term.ends_on, term.ends_precision, term.end_reason = day, precision, reason
    for column, text in note.items():
        setattr(term, column, text)
    term.full_clean()
    term.save()
    changes = {"ends_on": [str(before or ""), str(term.ends_on)]}
    audit.record("office.ended", term, by, f"{term}: {term.get_end_reason_display()}", changes)
    return term
