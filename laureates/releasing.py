"""Results become public: what stands against it, a second person, a moment, a snapshot."""

import datetime
import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Entry
from content import approvals, audit
from content.approvals import ApprovalRefused
from content.languages import LANGUAGE_CODES
from content.models import Approval
from content.records import refresh_derived_many
from judging.models import Stage
from judging.ties import open_ties
from laureates import correcting, naming, pictures
from laureates.models import Laureate, Results

DEED = "laureates.release"
# What is said in one language has to be said in the other one.
BOTH_OR_NONE = ("honour_text", "category_text", "citation")
# What the public reads, and what was approved.
PLAIN = (
    "year", "results_of_year", "category_id", "kind", "member_id", "honour", "place",
    "prize_currency",
)  # fmt: skip
TEXTS = ("title", *BOTH_OR_NONE, "work_title", "jury_words")


Objection = Callable[[Results], list[str]]
_objections: list[Objection] = []


class ReleaseRefused(Exception):
    """Nothing was released; the texts say why, in the language of the reader."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def objection(provider: Objection) -> Objection:
    """Register what an app above has against a release: sentences, none when nothing."""
    if provider not in _objections:
        _objections.append(provider)
    return provider


def laureates_of(results: Results) -> QuerySet[Laureate]:
    """The laureates that a release makes public: of the round, not withdrawn, in their order."""
    rows = Laureate.objects.filter(round=results.round_id)
    return rows.exclude(status=Laureate.Status.WITHDRAWN).in_order()


def problems(results: Results) -> list[str]:
    """What stands against publishing, as sentences; empty when nothing does.

    Stages and ties first, then each laureate. A constant number of queries for laureates.
    """
    found = []
    if results.published_at is None:
        found.append(_("Say from when the results are public."))
    found += _judging_problems(results)
    laureates = list(
        laureates_of(results).select_related("category", "entry").prefetch_related("entry__authors")
    )
    if not laureates:
        found.append(_("There are no laureates yet."))
    found += [sentence for one in laureates for sentence in _lacks(one)]
    found += [sentence for provider in _objections for sentence in provider(results)]
    return found + _not_admitted(laureates) + _not_showable(results, laureates)


def _judging_problems(results: Results) -> list[str]:
    found = []
    for stage in results.round.stages.all():
        if stage.state != Stage.State.CLOSED:
            found.append(_("The stage “%(stage)s” is not counted yet.") % {"stage": stage})
        for tie in open_ties(stage):
            works = ", ".join(row.entry.code for row in tie)
            found.append(
                _("A tie is open in the stage “%(stage)s”: works %(works)s.")
                % {"stage": stage, "works": works}
            )
    return found


def _lacks(laureate: Laureate) -> list[str]:
    lacking = [
        code
        for code in LANGUAGE_CODES
        if not getattr(laureate, f"title_{code}")
        or any(_half(laureate, name, code) for name in BOTH_OR_NONE)
        or (laureate.category and not getattr(laureate.category, f"title_{code}"))
    ]
    names = {"ru": _("Russian"), "en": _("English")}
    return [
        _("%(laureate)s: the wording in this language is missing: %(language)s.")
        % {"laureate": laureate, "language": names[code]}
        for code in lacking
    ]


def _half(laureate: Laureate, field: str, code: str) -> bool:
    """Whether a text is given in another language and lacks in this one."""
    is_given = any(getattr(laureate, f"{field}_{one}") for one in LANGUAGE_CODES)
    return is_given and not getattr(laureate, f"{field}_{code}")


def _not_admitted(laureates: list[Laureate]) -> list[str]:
    works = {one.entry_id: one.entry for one in laureates if one.entry_id}
    admitted = set(Entry.objects.admitted().filter(pk__in=works).values_list("pk", flat=True))
    return [
        _("Work %(code)s is not admitted: it was withdrawn, or a consent is missing.")
        % {"code": entry.code}
        for pk, entry in works.items()
        if pk not in admitted
    ]


def _not_showable(results: Results, laureates: list[Laureate]) -> list[str]:
    """Works of children that bear a name although they may not be shown."""
    if not results.round.is_for_children:
        return []
    works = [one.entry_id for one in laureates if one.entry_id]
    showable = set(Entry.objects.showable().filter(pk__in=works).values_list("pk", flat=True))
    return [
        _("Work %(code)s may not be shown: take the name of the child out.")
        % {"code": one.entry.code}
        for one in laureates
        if one.entry_id not in {None, *showable} and naming.names_a_child(one.entry, _words(one))
    ]


def _words(laureate: Laureate) -> list[str]:
    return [getattr(laureate, f"{name}_{code}") or "" for name in TEXTS for code in LANGUAGE_CODES]


def digest(results: Results) -> str:
    """Of all that becomes public and of its moment: another word, and nothing is approved."""
    told = {
        "from": results.published_at and results.published_at.isoformat(),
        "decision": results.decision_id,
        "introduction": [getattr(results, f"introduction_{code}") for code in LANGUAGE_CODES],
        "laureates": [_told(one) for one in laureates_of(results)],
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def _told(laureate: Laureate) -> dict:
    told = {name: getattr(laureate, name) for name in PLAIN}
    for name in TEXTS:
        for code in LANGUAGE_CODES:
            told[f"{name}_{code}"] = getattr(laureate, f"{name}_{code}") or ""
    amount = laureate.prize_amount
    return {"pk": laureate.pk, **told, "prize_amount": None if amount is None else f"{amount:.2f}"}


@transaction.atomic
def ask(results: Results, by) -> Approval:
    """Ask a second person to release exactly these results. Raises ReleaseRefused."""
    results = _locked(results)
    _refuse_problems(results)
    return approvals.ask(DEED, results, digest(results), by)


@transaction.atomic
def release(results: Results, by, seen: str | None = None) -> Results:
    """A second person releases what the first one asked for: public from their moment on.

    seen: the digest of what they looked at, where they did it on a screen.
    Raises ReleaseRefused when something stands against it, when nobody asked for these very
    results, and when `by` asked themselves.
    """
    results = _locked(results)
    # A withdrawal of a consent goes before, or waits: no name is published that it took away.
    list(laureates_of(results).order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    _refuse_problems(results)
    if seen not in (None, digest(results)):
        raise ReleaseRefused([_("The results were changed meanwhile. Look at them again.")])
    _approve(results, by)
    laureates = list(laureates_of(results).select_related("entry__round"))
    results.snapshot = [_kept(one) for one in laureates]
    results.released_by, results.released_at = by, timezone.now()
    _publish(results, laureates)
    results.save()
    pictures.show_after_commit(laureates)
    moment = f"{results.published_at:%Y-%m-%d %H:%M %Z}"
    audit.record("laureates.released", results, by, f"{results}: {moment}")
    return results


def _approve(results: Results, by) -> None:
    """What was approved once and taken back unchanged needs no second approval."""
    state = digest(results)
    if approvals.is_approved(DEED, results, state):
        return
    try:
        approvals.approve(DEED, results, state, by)
    except ApprovalRefused as refused:
        raise ReleaseRefused([str(refused)]) from refused


def _refuse_problems(results: Results) -> None:
    if results.released_at is not None:
        raise ReleaseRefused([_("These results are released. Correct them instead.")])
    if found := problems(results):
        raise ReleaseRefused(found)


def _publish(results: Results, laureates: list[Laureate]) -> None:
    for one in laureates:
        one.status, one.published_at = Laureate.Status.PUBLISHED, results.published_at
        one.version += 1
    Laureate.objects.bulk_update(laureates, ["status", "published_at", "version"])
    for one in laureates:
        one.round = results.round
    refresh_derived_many(laureates)


def _kept(laureate: Laureate) -> dict:
    """A row of the snapshot. Of a child's work no word that could name the child is kept."""
    told = _told(laureate)
    if laureate.entry is not None and laureate.entry.round.is_for_children:
        personal = {f"{name}_{code}" for name in TEXTS for code in LANGUAGE_CODES}
        told = {name: value for name, value in told.items() if name not in personal}
        told["work"] = laureate.entry.code
    return told


@transaction.atomic
def take_back(results: Results, by, at: datetime.datetime | None = None) -> Results:
    """Undo a release whose moment has not come: drafts again. Raises ReleaseRefused afterwards."""
    results = _locked(results)
    if results.released_at is None:
        raise ReleaseRefused([_("These results are not released.")])
    if results.is_out(at):
        raise ReleaseRefused([_("These results are public already. Correct them instead.")])
    laureates = list(laureates_of(results))
    results.snapshot, results.released_by, results.released_at = [], None, None
    with correcting.allowed():
        Laureate.objects.filter(pk__in=[one.pk for one in laureates]).update(status="draft")
    results.save()
    for one in laureates:
        one.status = Laureate.Status.DRAFT
    refresh_derived_many(laureates)
    audit.record("laureates.taken_back", results, by, str(results))
    return results


def _locked(results: Results) -> Results:
    rows = Results.objects.select_for_update(of=("self",)).select_related("round__award")
    return rows.get(pk=results.pk)
