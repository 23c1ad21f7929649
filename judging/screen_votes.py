"""Votes one by one, as JSON: what the script of the jury sends, at once or when it can again.

    {"person": …, "number": 417, "scores": {"12": 7}, "comment": "…", "age": 4.2}
    {"person": …, "number": 417, "abstain": {"reason": "author", "words": ""}, "age": 0}

`person` names whose scores these are: a device that somebody else signed in on keeps them. `age`
says how many seconds they waited: what the same juror gave later, on another device, stays. The
last word is the later one of the same juror, so nothing has to be asked.
"""

import datetime
import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.generic import View

from judging import screen_scores, voting
from judging.models import Assignment
from judging.refusals import Refused
from judging.screen import StageMixin, person_key, progress

LONGEST_BODY = 20_000
# A request that was given up may still be written: within this time the device itself is meant.
SAME_DEVICE = datetime.timedelta(seconds=30)
OLDEST = datetime.timedelta(days=60)


class Malformed(Exception):
    """Not what the script sends."""


class Votes(StageMixin, View):
    """Keep one vote; 409 with a sentence where it is refused, 404 for a work of somebody else."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            data = self._data(request)
        except (Malformed, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return JsonResponse({"error": _("The portal does not understand this.")}, status=400)
        if not constant_time_compare(data["person"], person_key(request.user)):
            return JsonResponse({"error": _("These are the scores of another juror.")}, status=403)
        found = self.works.filter(entry__number=data["number"]).first()
        if found is None:
            return JsonResponse(
                {"error": _("This work is not yours to judge any more.")}, status=404
            )
        return self._answer(found, data)

    def _answer(self, assignment: Assignment, data: dict) -> HttpResponse:
        is_late = _was_overtaken(assignment, data["age"])
        try:
            row = assignment if is_late else _keep(assignment, data)
        except Refused as refused:
            return JsonResponse({"error": str(refused)}, status=409)
        return JsonResponse(
            {
                "state": row.state,
                "label": str(row.get_state_display()),
                "scores": {
                    screen_scores.key_of(score.criterion_id): score.points
                    for score in row.scores.order_by("criterion")
                },
                "is_late": is_late,
                "left": progress(self.works).open,
            }
        )

    @staticmethod
    def _data(request: HttpRequest) -> dict[str, Any]:
        if len(request.body) > LONGEST_BODY:
            raise Malformed
        told = json.loads(request.body)
        json.dumps(told, ensure_ascii=False).encode()  # halves of a character are none
        return {
            "person": str(told["person"]),
            "number": _number(told["number"], 999_999_999),
            "scores": {
                screen_scores.criterion_of(key): points
                for key, points in dict(told.get("scores") or {}).items()
            },
            "comment": None if told.get("comment") is None else _text(told["comment"]),
            "abstain": None if told.get("abstain") is None else dict(told["abstain"]),
            "age": min(datetime.timedelta(seconds=max(0.0, float(told.get("age", 0)))), OLDEST),
        }


def _number(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Malformed
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed
    return value.replace("\0", "")


def _was_overtaken(assignment: Assignment, age: datetime.timedelta) -> bool:
    """Whether the juror judged the work anew, elsewhere, after what this device had kept."""
    if assignment.voted_at is None or age <= SAME_DEVICE:
        return False
    return assignment.voted_at > timezone.now() - age + SAME_DEVICE


@transaction.atomic
def _keep(assignment: Assignment, data: dict) -> Assignment:
    if data["abstain"] is not None:
        reason, words = (str(data["abstain"].get(name, "")) for name in ("reason", "words"))
        why = screen_scores.reason_from(reason, words.replace("\0", ""))
        if data["comment"] is not None:
            voting.give(assignment, {}, comment=data["comment"])
        return voting.abstain(assignment, why)
    return voting.give(assignment, data["scores"], comment=data["comment"])
