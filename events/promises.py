"""Promises to write to everybody of an event: rows first, letters later.

A promise is an `EventChange` or an `EventLetter`, committed with the deed. `events.telling` keeps
it: woken at once, and by the timetable where nobody woke it.
"""

from content import wake

TASK = "events.tasks.tell_everybody"


def promise() -> None:
    """Wake a worker for the promises once the transaction is committed."""
    wake.after_commit(TASK)
