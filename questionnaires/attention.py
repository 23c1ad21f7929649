"""What a representative should do next about ratings: fill in, send, reply to the check."""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_language
from members import attention
from members.attention import Attention
from members.models import Member
from questionnaires import asking, letters, participants, taking_part
from questionnaires.checkers import SENT
from questionnaires.models import Answer, Response
from ratings.models import Edition

State = Response.State
PRESSING = datetime.timedelta(days=3)


@attention.register
def questionnaires(member: Member, user) -> Iterator[Attention]:
    """Open questionnaires that were not sent, and those about which the check asks.

    One query where no edition is under way, else two and a few for each row.
    """
    under_way = Edition.objects.held().filter(opened_at__isnull=False, sealed_at__isnull=True)
    editions = {one.pk: one for one in under_way.select_related("rating").order_by("pk")}
    begun = _begun(member, editions) if editions else {}
    for edition in editions.values():
        response = begun.get(edition.pk)
        if _is_to_be_sent(member, edition, response):
            yield _of_edition(member, edition, response)
        if response is not None and response.is_asked and response.state in SENT:
            yield from _questions_back(member, response)


def _begun(member: Member, editions: dict[int, Edition]) -> dict[int, Response]:
    """The questionnaires of a member by edition, each with `is_asked`: one query."""
    asked = Answer.objects.filter(response=OuterRef("pk"), check_state=Answer.Check.ASKED)
    rows = Response.objects.filter(member=member, edition__in=editions)
    found = {one.edition_id: one for one in rows.annotate(is_asked=Exists(asked))}
    for key, response in found.items():
        response.edition = editions[key]
    return found


def _is_to_be_sent(member: Member, edition: Edition, response: Response | None) -> bool:
    if member.kind not in participants.CITIES or not edition.takes_answers():
        return False
    if response is None:
        return not taking_part.why_not(edition, member)
    return response.state == State.DRAFT


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


def _questions_back(member: Member, response: Response) -> Iterator[Attention]:
    """What the check asks about a questionnaire, until the first day for a reply."""
    open_ones = [one for one in asking.open_questions(response) if not one.is_overdue]
    if open_ones:
        yield Attention(
            title=_("Reply to the check of the questionnaire"),
            note=in_language(response.edition, "title")[0],
            url=reverse("questionnaires:asked", args=[member.slug, response.pk]),
            action=_("Reply to the questions"),
            deadline=min((one.until for one in open_ones if one.until), default=None),
            is_hot=True,
        )
