"""What a representative should do next about ratings: fill in, send, reply to the check."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language
from members import attention
from members.attention import Attention
from members.models import Member
from questionnaires import asking, letters, participants, taking_part
from questionnaires.models import Answer, Response
from ratings.models import Edition

State = Response.State
PRESSING = datetime.timedelta(days=3)


@attention.register
def questionnaires(member: Member, user) -> Iterator[Attention]:
    """Open questionnaires that were not sent: one query where none is open, else a few."""
    if member.kind not in participants.CITIES:
        return
    editions = list(Edition.objects.open().select_related("rating"))
    rows = Response.objects.filter(member=member, edition__in=editions) if editions else []
    begun = {one.edition_id: one for one in rows}
    for edition in editions:
        response = begun.get(edition.pk)
        if response is None and taking_part.why_not(edition, member):
            continue
        if response is None or response.state == State.DRAFT:
            yield _of_edition(member, edition, response)


def _of_edition(member: Member, edition: Edition, response: Response | None) -> Attention:
    answered, questions = (0, 0) if response is None else participants.progress(response)
    title = {"title": in_language(edition, "title")[0]}
    is_whole = questions > 0 and answered == questions
    if is_whole:
        words, action = _("Send the questionnaire: %(title)s"), _("Look through and send")
    else:
        words, action = _("Fill in the questionnaire: %(title)s"), _("Open the questionnaire")
    progress = {"answered": answered, "questions": questions}
    return Attention(
        title=words % title,
        note=_("%(answered)s of %(questions)s questions have an answer.") % progress
        if response is not None else "",
        url=letters.address(member, edition),
        action=action,
        deadline=edition.closes_at,
        zone=edition.time_zone,
        is_hot=edition.closes_at - timezone.now() <= PRESSING,
    )  # fmt: skip


@attention.register
def questions_back(member: Member, user) -> Iterator[Attention]:
    """Questionnaires about which the check asks, until the first day for a reply."""
    rows = Response.objects.filter(
        member=member, edition__sealed_at__isnull=True,
        answers__check_state=Answer.Check.ASKED,
    )  # fmt: skip
    for response in rows.select_related("edition").distinct().order_by("pk"):
        open_ones = [one for one in asking.open_questions(response) if not one.is_overdue]
        if not open_ones:
            continue
        yield Attention(
            title=_("Reply to the check of the questionnaire"),
            note=in_language(response.edition, "title")[0],
            url=reverse("questionnaires:asked", args=[member.slug, response.pk]),
            action=_("Reply to the questions"),
            deadline=min((one.until for one in open_ones if one.until), default=None),
            is_hot=True,
        )
