"""Letters about questions of the check: one per city and hour, with all that was asked in it."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from content.dates import day_text
from content.languages import in_language
from mailing import reminders
from mailing.cleaning import on_site
from members import mandates
from members.attention import last_moment
from questionnaires.models import Answer, AnswerNote, Response

HOUR = datetime.timedelta(hours=1)
TEMPLATE = "questionnaires/mail/asked"


@reminders.register
def due(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """Questions of the hours that have ended, to those who answer for the city."""
    asked = _by_hour(now)
    people = mandates.answering_for(response.member_id for response, _hour in asked)
    for (response, hour), notes in asked.items():
        until = max(note.answer_until for note in notes)
        for user in people.get(response.member_id, []):
            yield reminders.DueReminder(
                occasion=f"questionnaires.asked:{response.pk}:{hour:%Y%m%d%H}",
                email=user.email,
                language=user.language,
                template=TEMPLATE,
                context={
                    "name": user.full_name,
                    "title": lambda response=response: in_language(response.edition, "title")[0],
                    "questions": partial(_questions, notes),
                    "until": partial(day_text, until),
                    "link": partial(_address, response),
                    "reason": _reason,
                },
                user=user,
                about=response,
                due_at=hour + HOUR,
                expires_at=last_moment(until, response.edition.time_zone),
                still_holds=partial(_are_open, [note.answer_id for note in notes]),
            )


def _by_hour(now: datetime.datetime) -> dict[tuple[Response, datetime.datetime], list[AnswerNote]]:
    """The last question about each answer that is asked about, by questionnaire and hour."""
    notes = AnswerNote.objects.filter(
        answer__check_state=Answer.Check.ASKED, is_of_city=False, answer_until__isnull=False,
        at__gt=now - reminders.LOOK_BACK, answer__response__member__isnull=False,
        answer__response__edition__sealed_at__isnull=True,
    ).select_related("answer__indicator", "answer__response__edition__rating",
                     "answer__response__member")  # fmt: skip
    last = {note.answer_id: note for note in notes.order_by("at", "pk")}
    found = defaultdict(list)
    for note in last.values():
        hour = note.at.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
        if hour + HOUR <= now:
            found[note.answer.response, hour].append(note)
    return found


def _questions(notes: list[AnswerNote]) -> list[dict[str, str]]:
    return [
        {
            "code": note.answer.indicator.code,
            "question": in_language(note.answer.indicator, "question")[0],
            "text": note.text,
        }
        for note in notes
    ]


def _address(response: Response) -> str:
    return on_site(reverse("questionnaires:asked", args=[response.member.slug, response.pk]))


def _reason() -> str:
    return _("You receive this letter because you answer for this city in the portal.")


def _are_open(answers: list[int]) -> bool:
    return Answer.objects.filter(pk__in=answers, check_state=Answer.Check.ASKED).exists()
