"""Two years after its city was last heard of a practice, it is asked: is it still running?"""

import datetime
from collections.abc import Iterator

from content.dates import local_day
from content.timezones import association_zone
from mailing import reminders
from practices import letters, spreading
from practices.models import Practice

# After that the question stands in the cabinet alone.
ASKED_FOR = datetime.timedelta(days=60)


@reminders.register
def still_running(now: datetime.datetime) -> Iterator[reminders.DueReminder]:
    """The question to those who answer for the city: once for each two years of silence."""
    today = local_day(now, association_zone())
    since = today - spreading.TWO_YEARS - ASKED_FOR - reminders.LOOK_BACK
    rows = spreading.to_be_asked(today).filter(heard_on__gte=since).select_related("member")
    for practice in rows:
        for user in letters.readers(practice.member_id, practice.sent_by):
            yield _question(practice, user)


def _question(practice: Practice, user) -> reminders.DueReminder:
    due_at = letters.moment(practice.heard_on + spreading.TWO_YEARS, association_zone())
    return reminders.DueReminder(
        occasion=f"practices.running:{practice.pk}:{practice.heard_on:%Y%m%d}",
        email=user.email,
        language=user.language,
        user=user,
        template="practices/mail/running",
        context=letters.about_running(practice, user),
        due_at=due_at,
        expires_at=due_at + ASKED_FOR,
        about=practice,
    )
