"""How mail is doing, in sentences for the secretariat."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from mailing.models import Heartbeat, Message, Switch, association_day

STANDS_STILL_AFTER = datetime.timedelta(minutes=10)
LATE_AFTER = datetime.timedelta(hours=1)
RECENT = datetime.timedelta(days=7)


class Sentence(NamedTuple):
    """`level` is "good", "warn" or "bad"; `text` is in the language active when it was asked."""

    level: str
    text: str


def sentences(at: datetime.datetime | None = None) -> list[Sentence]:
    """What staff should know, in the active language; three queries, whatever the outbox holds."""
    at = at or timezone.now()
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    switch = Switch.objects.current()
    outbox = _outbox(at, is_frozen=switch.is_frozen)
    found = [
        *_about_planner(beats.get(Heartbeat.PLANNER, Heartbeat()), at),
        _about_delivery(beats.get(Heartbeat.DELIVERY, Heartbeat()), outbox, at),
        *_about_switch(switch, outbox, at),
        *_about_leftovers(outbox),
    ]
    return [Sentence(level, text) for level, text in found]


def _outbox(at: datetime.datetime, *, is_frozen: bool) -> dict:
    """Counts of mails by what hinders them, and since when the oldest waits for the server."""
    state = Message.State
    due = Q(state=state.QUEUED, due_at__lte=at)
    free = due & Q(is_bulk=False) if is_frozen else due
    open_states = Q(state__in=[state.QUEUED, state.UNSURE])
    recent = Q(state__in=[state.FAILED, state.MISSED], created_at__gte=at - RECENT)
    return Message.objects.order_by().filter(open_states | recent).aggregate(
        waiting=Count("pk", filter=free),
        frozen=Count("pk", filter=due & Q(is_bulk=True)),
        oldest=Min("due_at", filter=free),
        error=Max("last_error", filter=free),
        unsure=Count("pk", filter=Q(state=state.UNSURE)),
        failed=Count("pk", filter=Q(state=state.FAILED)),
    )  # fmt: skip


def _about_planner(beat: Heartbeat, at: datetime.datetime) -> Iterator[tuple[str, str]]:
    if beat.last_run_at is None:
        yield "warn", _("Reminders have not run yet.")
        return
    if at - beat.last_run_at > STANDS_STILL_AFTER:
        yield (
            "bad",
            _(
                "Reminders have not run for %(span)s: the timetable of the portal stands still. "
                "What is due goes out when it runs again."
            )
            % {"span": span(at - beat.last_run_at)},
        )
        return
    today = beat.counts_of(association_day(at))
    written, missed = today.get("written", 0), today.get("missed", 0)
    text = ngettext(
        "Reminders ran %(ago)s; %(n)d was written today.",
        "Reminders ran %(ago)s; %(n)d were written today.",
        written,
    )
    yield "good", text % {"ago": ago(at - beat.last_run_at), "n": written}
    if missed:
        text = ngettext(
            "%(n)d reminder was too late to make sense today and was not sent.",
            "%(n)d reminders were too late to make sense today and were not sent.",
            missed,
        )
        yield "warn", text % {"n": missed}
    if beat.counts["run"].get("broken"):
        yield "bad", _("Some reminders cannot be written: the log of the worker says why.")


def _about_delivery(beat: Heartbeat, outbox: dict, at: datetime.datetime) -> tuple[str, str]:
    waiting = outbox["waiting"]
    if beat.last_run_at is None:
        return "warn", _("The delivery of mail has not run yet.")
    if at - beat.last_run_at > STANDS_STILL_AFTER:
        return "bad", ngettext(
            "Mail has not left for %(span)s: no worker of the portal runs. "
            "%(n)d mail waits; nothing is lost.",
            "Mail has not left for %(span)s: no worker of the portal runs. "
            "%(n)d mails wait; nothing is lost.",
            waiting,
        ) % {"span": span(at - beat.last_run_at), "n": waiting}
    if beat.failing_since and waiting:
        return "bad", ngettext(
            "Mail has not left for %(span)s: the mail server does not answer (%(error)s). "
            "%(n)d mail waits; nothing is lost.",
            "Mail has not left for %(span)s: the mail server does not answer (%(error)s). "
            "%(n)d mails wait; nothing is lost.",
            waiting,
        ) % {"span": span(at - beat.failing_since), "error": beat.last_error, "n": waiting}
    if waiting and _is_stuck(beat, outbox["oldest"], at):
        return "bad", ngettext(
            "Mail has not left for %(span)s: the mail server puts it off (%(error)s). "
            "%(n)d mail waits; nothing is lost.",
            "Mail has not left for %(span)s: the mail server puts it off (%(error)s). "
            "%(n)d mails wait; nothing is lost.",
            waiting,
        ) % {"span": span(at - outbox["oldest"]), "error": outbox["error"], "n": waiting}
    return "good", _all_is_well(beat, waiting, at)


def _is_stuck(beat: Heartbeat, oldest: datetime.datetime, at: datetime.datetime) -> bool:
    since = max(oldest, beat.last_ok_at) if beat.last_ok_at else oldest
    return at - since > LATE_AFTER


def _all_is_well(beat: Heartbeat, waiting: int, at: datetime.datetime) -> str:
    if beat.last_ok_at is None:
        text = ngettext(
            "No mail has left yet; %(n)d waits.", "No mail has left yet; %(n)d wait.", waiting
        )
        return text % {"n": waiting}
    text = ngettext(
        "Mail leaves: the last one %(ago)s; %(n)d waits.",
        "Mail leaves: the last one %(ago)s; %(n)d wait.",
        waiting,
    )
    return text % {"ago": ago(at - beat.last_ok_at), "n": waiting}


def _about_switch(switch: Switch, outbox: dict, at: datetime.datetime) -> Iterator[tuple[str, str]]:
    if switch.is_frozen:
        text = ngettext(
            "Bulk mail was frozen %(ago)s by %(who)s (%(reason)s); %(n)d mail is held back.",
            "Bulk mail was frozen %(ago)s by %(who)s (%(reason)s); %(n)d mails are held back.",
            outbox["frozen"],
        )
        yield (
            "warn",
            text
            % {
                "ago": ago(at - switch.frozen_at),
                "who": switch.frozen_by or pgettext("frozen by", "somebody"),
                "reason": switch.reason,
                "n": outbox["frozen"],
            },
        )


def _about_leftovers(outbox: dict) -> Iterator[tuple[str, str]]:
    if outbox["unsure"]:
        text = ngettext(
            "%(n)d mail may or may not have arrived: decide whether to send it again.",
            "%(n)d mails may or may not have arrived: decide whether to send them again.",
            outbox["unsure"],
        )
        yield "warn", text % {"n": outbox["unsure"]}
    if outbox["failed"]:
        text = ngettext(
            "%(n)d mail could not be delivered in the last seven days: look at its address.",
            "%(n)d mails could not be delivered in the last seven days: look at their addresses.",
            outbox["failed"],
        )
        yield "warn", text % {"n": outbox["failed"]}


def span(length: datetime.timedelta) -> str:
    """A length of time in its largest whole unit: "3 hours"; at least a minute."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        text, n = npgettext("how long", "%(n)d minute", "%(n)d minutes", minutes), minutes
    elif (hours := minutes // 60) < 48:
        text, n = npgettext("how long", "%(n)d hour", "%(n)d hours", hours), hours
    else:
        days = hours // 24
        text, n = npgettext("how long", "%(n)d day", "%(n)d days", days), days
    return text % {"n": n}


def ago(length: datetime.timedelta) -> str:
    """How long ago something was: "3 hours ago", "less than a minute ago"."""
    if length < datetime.timedelta(minutes=1):
        return _("less than a minute ago")
    return _("%(span)s ago") % {"span": span(length)}
