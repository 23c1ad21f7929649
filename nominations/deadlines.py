"""Deadlines of other givers in the calendars: in public the call's, for its people each step's."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.languages import in_each, in_language
from events import calendar_sources
from events.calendar_sources import Entry
from nominations import schedule
from nominations.models import Dossier, OutsideCall

KIND = _("deadline of a nomination")
STEP = _("step of a nomination")


@calendar_sources.register
def deadlines(first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Until when givers take nominations: one query."""
    calls = OutsideCall.objects.filter(
        is_shown=True, deadline_on__gte=_day(first), deadline_on__lte=_day(last)
    ).select_related("award")
    for call in calls.order_by("deadline_on", "pk"):
        entry = Entry(
            key=f"outside-call-{call.pk}",
            kind=KIND,
            moment=call.closes_at if call.deadline_time else call.deadline_on,
            zone=call.time_zone,
            address=call.award.get_absolute_url,
            **in_each("title", lambda call=call: _words(call)),
        )
        if call.award.is_public() and first <= entry.sort_moment < last:
            yield entry


@calendar_sources.register_personal
def steps(user, first: datetime.datetime, last: datetime.datetime) -> Iterator[Entry]:
    """Steps of the city in the dossiers of those whom the user represents."""
    own = Dossier.objects.for_user(user).filter(
        state=Dossier.State.WRITING, call__deadline_on__gte=_day(first)
    )
    for dossier in own.with_material():
        for step in schedule.steps(dossier):
            if step.is_done or step.doer != "city" or step.due_on is None:
                continue
            entry = Entry(
                key=f"dossier-{dossier.pk}-{step.kind}",
                kind=STEP,
                moment=step.due_on,
                address=lambda one=dossier: reverse(
                    "nominations:dossier", args=[one.member.slug, one.pk]
                ),
                **in_each("title", lambda one=dossier, step=step: _step_words(one, step)),
            )
            if first <= entry.sort_moment < last:
                yield entry


def _words(call: OutsideCall) -> str:
    return gettext("Nominations close: %(call)s") % {"call": in_language(call, "title")[0]}


def _step_words(dossier: Dossier, step: schedule.Step) -> str:
    return f"{in_language(dossier.call, 'title')[0]}: {step.label}"


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()
