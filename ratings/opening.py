"""When the questionnaire begins to take answers, and when what it asks may no longer change."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import audit
from ratings import live_check
from ratings.models import Edition
from ratings.problems import Problem


class NotReady(Exception):
    """The questionnaire is not opened; `problems` say why, each with a link."""

    def __init__(self, problems: list[Problem]):
        super().__init__(" ".join(one.text for one in problems))
        self.problems = problems


class Answered(Exception):
    """There are answers already: the opening is not taken back."""


@transaction.atomic
def open_questionnaire(edition: Edition, by, at: datetime.datetime | None = None) -> None:
    """Let cities answer, from the beginning of the window on; a second call changes nothing.

    `at`: the moment of the deed, now if not given. Raises NotReady with the errors of the live
    check.
    """
    at = at or timezone.now()
    row = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if row.opened_at is None:
        if errors := live_check.errors(row, at):
            raise NotReady(errors)
        row.opened_at = at
        row.save(update_fields=["opened_at"])
        audit.record("ratings.edition.opened", row, by, str(row))
    edition.opened_at, edition.version = row.opened_at, row.version


@transaction.atomic
def take_back(edition: Edition, by) -> None:
    """Undo an opening before the first answer; raises Answered after it."""
    row = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if row.frozen_at:
        raise Answered(_("There are answers already: the questionnaire stays open."))
    if row.opened_at:
        row.opened_at = None
        row.save(update_fields=["opened_at"])
        audit.record("ratings.edition.opening-taken-back", row, by, str(row))
    edition.opened_at, edition.version = None, row.version


def freeze(edition: Edition) -> bool:
    """Write down that the first answer came: from now on the questionnaire keeps its meaning.

    Call it with every first answer of a city; says whether this one was the first of all.
    """
    now = timezone.now()
    if edition.frozen_at:
        return False
    is_first = bool(
        Edition.objects.filter(pk=edition.pk, frozen_at__isnull=True).update(frozen_at=now)
    )
    edition.refresh_from_db(fields=["frozen_at"])
    return is_first
