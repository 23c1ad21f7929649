"""Sealing: what stands against it, a second person, one snapshot that nobody changes afterwards.

The second person approves exactly one state: method, weights, classes, answers and the moment from
which results are public. Another answer, and nothing is approved.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content import approvals, audit
from content.approvals import ApprovalRefused
from content.dates import moment_text
from content.models import Approval
from laureates.models import Results
from questionnaires.checkers import PENDING, to_check
from questionnaires.models import Answer, Response
from ratings import live_check
from ratings.models import Edition
from ratings.scoring import ScoringRefused
from standings import canonical, caveats, computing, honours, snapshots
from standings.models import Seal, SealPlan
from standings.snapshots import SealRefused

DEED = "standings.seal"
MAY_SEAL = "standings.change_seal"
CITIES_NAMED = 5


def problems(edition: Edition, at: datetime.datetime | None = None) -> list[str]:
    """What stands against sealing, as sentences; empty when nothing does.

    There is no way around: an answer that nobody decided on is decided on first.
    """
    if edition.sealed_at is not None:
        return [_("This edition is sealed. Mistakes are put right by an erratum.")]
    if edition.kind != Edition.Kind.HELD or edition.opened_at is None:
        return [_("No questionnaire of this edition was opened: there is nothing to seal.")]
    found = []
    if edition.closes_at > (at or timezone.now()):
        found.append(
            _("The questionnaire is still open, until %(moment)s.")
            % {"moment": moment_text(edition.closes_at, edition.zone)}
        )
    found += [problem.text for problem in live_check.errors(edition)]
    return found + _undecided(edition) + _unscored(edition)


def _undecided(edition: Edition) -> list[str]:
    sent = edition.responses.counted()
    pending = Answer.objects.filter(to_check(), response__in=sent, check_state__in=PENDING)
    waiting = pending.filter(check_state=Answer.Check.WAITING).count()
    asked = pending.filter(check_state=Answer.Check.ASKED).count()
    found = []
    if waiting:
        text = ngettext(
            "%(count)d answer waits for the check: %(cities)s.",
            "%(count)d answers wait for the check: %(cities)s.", waiting,
        )  # fmt: skip
        found.append(text % {"count": waiting, "cities": _cities(pending, Answer.Check.WAITING)})
    if asked:
        text = ngettext(
            "%(count)d question to a city is open: %(cities)s.",
            "%(count)d questions to cities are open: %(cities)s.", asked,
        )  # fmt: skip
        found.append(text % {"count": asked, "cities": _cities(pending, Answer.Check.ASKED)})
    return found


def _cities(pending, state: str) -> str:
    """The first few cities of these answers by name, and how many more there are."""
    keys = pending.filter(check_state=state).values("response")
    rows = list(Response.objects.filter(pk__in=keys).select_related("member").order_by("pk"))
    language = (get_language() or "ru")[:2]
    names = ", ".join(one.name_in(language) for one in rows[:CITIES_NAMED])
    more = len(rows) - CITIES_NAMED
    if more <= 0:
        return names
    return ngettext(
        "%(names)s and %(count)d more", "%(names)s and %(count)d more", more
    ) % {"names": names, "count": more}  # fmt: skip


def _unscored(edition: Edition) -> list[str]:
    try:
        outcome = computing.compute(edition, firm=False)
    except ScoringRefused as refused:
        return [caveats.refused_words(refused)]
    if any(place.rank is not None for place in outcome.places):
        return []
    return [_("No city has a score yet: nobody has a place.")]


def state(edition: Edition, publish_at: datetime.datetime) -> str:
    """The digest of what is approved: all that makes the places, and their moment."""
    return state_of(snapshots.digest(edition), publish_at)


def state_of(digest: str, publish_at: datetime.datetime) -> str:
    """The same where `snapshots.digest` is known already."""
    return canonical.sha256(f"{digest} {publish_at.astimezone(datetime.UTC).isoformat()}")


@transaction.atomic
def ask(
    edition: Edition, by: Any, publish_at: datetime.datetime, expected_digest: str | None = None
) -> Approval:
    """Ask a second person to seal an edition as it is now, public from `publish_at`.

    expected_digest: `snapshots.digest` of what the page showed. Raises SealRefused.
    """
    edition = snapshots.hold(edition)
    _refuse(problems(edition))
    digest = snapshots.digest(edition)
    if expected_digest not in (None, digest):
        raise SealRefused([_changed()])
    SealPlan.objects.update_or_create(edition=edition, defaults={"publish_at": publish_at})
    return approvals.ask(DEED, edition, state_of(digest, publish_at), by)


def seal(edition: Edition, by: Any, expected_digest: str | None = None) -> Seal:
    """A second person seals what the first one asked for: places, points, one canonical text.

    What takes time is computed before; under the lock it is made sure that nothing has changed.
    expected_digest: as with `ask`. Raises SealRefused, having written nothing.
    """
    _refuse(problems(edition))
    prepared = snapshots.prepare(edition)
    with transaction.atomic():
        return _seal(snapshots.hold(edition), prepared, by, expected_digest)


def _seal(edition: Edition, prepared: snapshots.Prepared, by: Any, expected: str | None) -> Seal:
    _refuse(problems(edition))
    if snapshots.digest(edition) != prepared.digest or expected not in (None, prepared.digest):
        raise SealRefused([_changed()])
    plan = SealPlan.objects.filter(edition=edition).first()
    if plan is None:
        raise SealRefused([_("Nobody asked for the sealing of this edition.")])
    question = approve(DEED, edition, state_of(prepared.digest, plan.publish_at), by)
    sealed = snapshots.write(
        edition, prepared, asked_by=question.asked_by, sealed_by=by, publish_at=plan.publish_at
    )
    audit.record("standings.sealed", edition, by, f"{edition}: {sealed.sha256}")
    return sealed


def approve(deed: str, target: Any, digest: str, by: Any) -> Approval:
    """The approval of a second person; raises SealRefused with the reason of the refusal."""
    try:
        return approvals.approve(deed, target, digest, by)
    except ApprovalRefused as refused:
        raise SealRefused([str(refused)]) from refused


@transaction.atomic
def move(seal: Seal, publish_at: datetime.datetime, by: Any) -> Seal:
    """Move an embargo that has not come. Anybody who may seal puts it off; only the two who sealed
    bring it nearer. Raises SealRefused.
    """
    # The edition first: a correction that is sealed meanwhile must not keep the earlier moment.
    Edition.objects.select_for_update(no_key=True).get(pk=seal.edition_id)
    seal = Seal.objects.select_for_update(of=("self",)).select_related("edition").get(pk=seal.pk)
    now = timezone.now()
    if seal.is_out(now):
        raise SealRefused([_("These results are public already.")])
    publish_at = max(publish_at, now)
    if publish_at < seal.published_at and by.pk not in (seal.asked_by_id, seal.sealed_by_id):
        raise SealRefused([_("Only the two people who sealed the results publish them earlier.")])
    _refuse_early_laureates(seal, publish_at)
    before = seal.published_at
    # A correction that was sealed before them comes out with the results it corrects.
    for one in Seal.objects.filter(edition=seal.edition_id, published_at__gt=now):
        one.published_at = publish_at
        one.save(update_fields=["published_at"])
    honours.move(seal.edition, publish_at, by)
    seal.refresh_from_db()
    moments = [one.isoformat(timespec="minutes") for one in (before, publish_at)]
    audit.record("standings.embargo_moved", seal.edition, by, str(seal), {"published_at": moments})
    return seal


def _refuse_early_laureates(seal: Seal, publish_at: datetime.datetime) -> None:
    early = Results.objects.filter(
        round__rating_honours__edition=seal.edition_id, released_at__isnull=False,
        published_at__lt=publish_at,
    )  # fmt: skip
    if early.exists():
        raise SealRefused([_("Its laureates are to be public earlier: take their release back.")])


def _refuse(found: list[str]) -> None:
    if found:
        raise SealRefused(found)


def _changed() -> str:
    return _("Answers, weights or the method were changed meanwhile. Look at the results again.")
