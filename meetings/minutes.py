"""Approving minutes: the very files that were approved are kept."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from content import audit
from content.languages import LANGUAGE_CODES
from content.privatefiles import keep_bytes
from meetings import papers
from meetings.models import Election, Meeting, MeetingDocument, Minutes
from meetings.refusals import Refused

PDF = "application/pdf"


@transaction.atomic
def approve(meeting: Meeting, by, audience: str = "") -> list[Minutes]:
    """Keep the minutes in both languages as they are now; the meeting is closed with them.

    audience: a value of `MeetingDocument.Audience`; they are put among its papers. Raises Refused:
    the meeting was not held, its minutes are approved, a result is not published.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.is_closed:
        raise Refused(_("The minutes are approved already."))
    if meeting.state != Meeting.State.HELD:
        raise Refused(_("Minutes are approved of a meeting that was held."))
    if meeting.elections.announced().exclude(state=Election.State.PUBLISHED).exists():
        raise Refused(_("Publish the results of its elections first."))
    kept = [_keep(meeting, code, by) for code in LANGUAGE_CODES]
    if audience:
        for one in kept:
            _put_among_papers(one, audience)
    audit.record("meetings.minutes.approved", meeting, by, str(meeting))
    return kept


def _keep(meeting: Meeting, language: str, by) -> Minutes:
    data = papers.minutes_pdf(meeting, language)
    file = keep_bytes(data, file_name(meeting, language), PDF, "minutes", by)
    return Minutes.objects.create(meeting=meeting, language=language, file=file, approved_by=by)


def _put_among_papers(one: Minutes, audience: str) -> None:
    titles = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            titles[f"title_{code}"] = _("Minutes")
    MeetingDocument.objects.create(
        meeting=one.meeting, file=one.file, language=one.language, audience=audience, **titles
    )


def file_name(meeting: Meeting, language: str) -> str:
    return f"minutes-{meeting.slug}-{language}.pdf"


def kept(meeting: Meeting, language: str) -> Minutes | None:
    """The approved minutes in a language, with their file; None before the approval."""
    return meeting.minutes.filter(language=language).select_related("file").first()
