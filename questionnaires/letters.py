"""Letters about a questionnaire to those who answer for a city: it is open, it is not sent yet."""

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.entry_letters import until_text
from content import audit
from content.dates import day_text, local_day
from content.languages import LANGUAGE_CODES, in_language
from mailing import reminders
from mailing.cleaning import on_site
from mailing.models import Message
from members import mandates
from members.models import Member
from questionnaires import participants
from questionnaires.models import Response
from ratings.models import Edition, Indicator

State = Response.State


@dataclass(frozen=True)
class Unsent:
    """A city whose questionnaire was not sent; `response` is None where it has not begun."""

    member: Member
    response: Response | None
    questions: int

    def progress_words(self) -> str:
        if self.response is None:
            return _("The questionnaire has not been begun.")
        words = {"answered": self.response.answered, "questions": self.questions}
        return _("%(answered)s of %(questions)s questions have an answer.") % words


def address(member: Member, edition: Edition) -> str:
    """The page of the questionnaire in the cabinet of a member, in the current language."""
    return reverse("questionnaires:questionnaire", args=[member.slug, edition.pk])


def unsent(edition: Edition) -> list[Unsent]:
    """Members of today, and guests with a record that have begun, who have not sent: 3 queries."""
    questions = Indicator.objects.filter(edition=edition).count()
    responses = participants.with_progress(edition).filter(member__isnull=False)
    by_member = {one.member_id: one for one in responses}
    begun = [
        Unsent(one.member, one, questions)
        for one in by_member.values() if one.state == State.DRAFT
    ]  # fmt: skip
    fresh = participants.members_of_today().exclude(pk__in=by_member)
    return begun + [Unsent(one, None, questions) for one in fresh.order_by("pk")]


def letters(
    edition: Edition, cities: Iterable[Unsent], key: str, template: str, *,
    due_at: datetime.datetime, expires_at: datetime.datetime, extra: dict[str, Any] | None = None,
) -> Iterator[reminders.DueReminder]:  # fmt: skip
    """A letter to each of those who answer for these cities, but those that have it; 2 queries.

    `key` is the occasion without the city: it is written once per city and address.
    """
    cities = list(cities)
    people = mandates.answering_for(one.member.pk for one in cities)
    written = set(
        Message.objects.filter(occasion__startswith=f"{key}:").values_list("occasion", "email")
    )
    for city in cities:
        for user in people.get(city.member.pk, []):
            occasion = f"{key}:{city.member.pk}"
            if (occasion, user.email.lower()) not in written:
                yield reminders.DueReminder(
                    occasion=occasion, email=user.email, language=user.language,
                    template=f"questionnaires/mail/{template}",
                    context={**_facts(edition, city, user), **(extra or {})},
                    user=user, due_at=due_at, expires_at=expires_at, about=edition,
                    still_holds=partial(_is_unsent, edition, city.member),
                )  # fmt: skip


def _facts(edition: Edition, city: Unsent, user: Any) -> dict[str, Any]:
    lacking = [code for code in LANGUAGE_CODES if not getattr(edition, f"title_{code}")]
    own = zoneinfo.ZoneInfo(user.time_zone) if user.time_zone else None
    return {
        "name": user.full_name,
        "city": lambda: in_language(city.member, "name")[0],
        "rating": lambda: in_language(edition.rating, "title")[0],
        "title": lambda: in_language(edition, "title")[0],
        "missing_language": lacking[0] if lacking else None,
        "until": until_text(edition.closes_at, edition, own),
        "until_day": lambda: day_text(local_day(edition.closes_at, edition.zone)),
        "progress": city.progress_words,
        "link": lambda: on_site(address(city.member, edition)),
        "reason": lambda: _(
            "You receive this letter because you answer for this city in the portal."
        ),
    }


def _is_unsent(edition: Edition, member: Member) -> bool:
    """Whether it is still to be sent by the same day; who sends it waits meanwhile."""
    now = Edition.objects.filter(pk=edition.pk, closes_at=edition.closes_at).first()
    if now is None or not now.takes_answers():
        return False
    rows = Response.objects.filter(edition=edition, member=member)
    found = rows.select_for_update(no_key=True).first()
    return found is None or found.state == State.DRAFT


def invite(edition: Edition, by: Any) -> int:
    """Write the opening letter to every member that has none yet; says how many letters.

    The planner does the same by itself once the questionnaire is open: nobody gets it twice.
    """
    return _write(edition, by, "questionnaires.invited", opening(edition))


def write_to_unsent(edition: Edition, by: Any) -> int:
    """Remind everybody who has not sent, today and at the word of staff; says how many letters.

    Pressed twice on one day, nobody gets two.
    """
    now = timezone.now()
    due = letters(
        edition, unsent(edition), f"questionnaires.word:{edition.pk}:{now:%Y%m%d}", "reminder",
        due_at=now, expires_at=edition.closes_at,
    )  # fmt: skip
    return _write(edition, by, "questionnaires.reminded", due)


def opening(edition: Edition) -> Iterator[reminders.DueReminder]:
    """The letter that says the questionnaire is open, once per city."""
    return letters(
        edition, unsent(edition), f"questionnaires.opening:{edition.pk}", "opening",
        due_at=began_at(edition), expires_at=edition.closes_at,
    )  # fmt: skip


def began_at(edition: Edition) -> datetime.datetime:
    """From when answers are taken."""
    return max(edition.opened_at, edition.opens_at)


def _write(edition: Edition, by: Any, deed: str, due: Iterable[reminders.DueReminder]) -> int:
    if not edition.takes_answers():
        return 0
    written = reminders.write(due)["written"]
    if written:
        audit.record(deed, edition, by, f"{edition}: {written}")
    return written
