"""Where an edition stands, in a word and in a line, for pages and lists."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from content.dates import day_text, local_day
from ratings.models import Edition


class Phase(models.TextChoices):
    """What can be done with an edition at a moment."""

    KNOWN = "known", pgettext_lazy("of a rating", "past edition")
    PREPARED = "prepared", pgettext_lazy("of a rating", "being prepared")
    LATER = "later", pgettext_lazy("of a rating", "opens later")
    OPEN = "open", pgettext_lazy("of a rating", "questionnaire open")
    CHECKED = "checked", pgettext_lazy("of a rating", "answers being checked")
    SEALED = "sealed", pgettext_lazy("of a rating", "results sealed")

    @classmethod
    def of(cls, edition: Edition, at: datetime.datetime | None = None) -> "Phase":
        """The phase at a moment, now if not given."""
        at = at or timezone.now()
        if edition.kind == Edition.Kind.KNOWN:
            return cls.KNOWN
        if edition.sealed_at:
            return cls.SEALED
        if not (edition.opened_at and edition.opens_at and edition.closes_at):
            return cls.PREPARED
        if at < edition.opens_at:
            return cls.LATER
        return cls.OPEN if at < edition.closes_at else cls.CHECKED


KINDS = {Phase.OPEN: "good", Phase.LATER: "info", Phase.CHECKED: "info", Phase.PREPARED: ""}


def status(edition: Edition, at: datetime.datetime | None = None) -> dict[str, str]:
    """`text` and `kind` for includes/status.html; an empty text where the page says enough."""
    phase = Phase.of(edition, at)
    return {"text": _words(edition, phase), "kind": KINDS.get(phase, ""), "phase": phase.value}


def _words(edition: Edition, phase: Phase) -> str:
    if phase == Phase.OPEN:
        day = day_text(local_day(edition.closes_at, edition.zone))
        return _("Questionnaire open until %(day)s") % {"day": day}
    if phase == Phase.LATER:
        day = day_text(local_day(edition.opens_at, edition.zone))
        return _("Questionnaire opens on %(day)s") % {"day": day}
    if phase == Phase.CHECKED:
        return _("Answers are being checked")
    return _("Being prepared") if phase == Phase.PREPARED else ""
