"""Naming who votes for a member at an assembly: a delegate and a substitute."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from content.models import PrivateFile
from meetings.models import AssemblyDelegate, Meeting
from meetings.refusals import Refused
from members.models import Member

Role = AssemblyDelegate.Role


def why_closed(meeting: Meeting, at: datetime.datetime | None = None) -> str:
    """Why nobody can be named any more, in a sentence; empty while members name delegates."""
    if meeting.is_closed:
        return _("The minutes are approved: the meeting is changed no more.")
    if meeting.state == Meeting.State.CANCELLED:
        return _("The meeting is cancelled.")
    if meeting.state == Meeting.State.HELD or (at or timezone.now()) >= meeting.starts_at:
        return _("The meeting has begun: changes are made at its secretariat.")
    return ""


@transaction.atomic
def name(
    meeting: Meeting,
    member,
    role: str,
    *,
    by,
    name_ru: str = "",
    name_en: str = "",
    is_coming: bool = True,
    mandate: PrivateFile | None = None,
) -> AssemblyDelegate | None:
    """Name the delegate or the substitute of a member; without a name, nobody is any more.

    A mandate belongs to a person: whoever is named anew has none until its scan is there. Raises
    Refused when the meeting has begun or the member is none on that day.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if reason := why_closed(meeting):
        raise Refused(reason)
    if not Member.objects.members(meeting.day).filter(pk=member.pk).exists():
        raise Refused(_("Only members of that day send delegates."))
    row = AssemblyDelegate.objects.filter(meeting=meeting, member=member, role=role).first()
    if not (name_ru or name_en):
        if row:
            row.delete()
            audit.record("meetings.delegate.removed", member, by, f"{role}: {meeting}")
        return None
    row = row or AssemblyDelegate(meeting=meeting, member=member, role=role)
    if (name_ru, name_en) != shown_names(row):
        row.person, row.has_mandate, row.mandate = None, False, None
        row.name_ru, row.name_en = name_ru, name_en
    row.is_coming, row.entered_by = is_coming, by
    if mandate:
        row.mandate, row.has_mandate = mandate, True
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
    audit.record("meetings.delegate.named", member, by, f"{role}: {row.name_in('en')}, {meeting}")
    return row


def named(meeting: Meeting, member) -> dict[str, AssemblyDelegate]:
    """Whom a member has named for an assembly, by role."""
    rows = meeting.delegates.filter(member=member).select_related("person", "mandate")
    return {row.role: row for row in rows}


def version(named_rows: dict[str, AssemblyDelegate]) -> str:
    """What a form about these rows was opened with: when each of them was last saved."""
    return " ".join(f"{row.pk}@{row.updated_at.isoformat()}" for _role, row in sorted(
        named_rows.items()))  # fmt: skip


def shown_names(row: AssemblyDelegate) -> tuple[str, str]:
    """The Russian and the English name of a row, those of the register where it is from there."""
    if row.person_id:
        return row.person.full_name_ru or "", row.person.full_name_en or ""
    return row.name_ru or "", row.name_en or ""
