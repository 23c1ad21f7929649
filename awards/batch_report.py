"""The report of a batch by row, in plain sentences, and what to do next."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.batch_forms import ConsentForm
from awards.models import Batch, BatchRow

State = BatchRow.State
KINDS = {State.TAKEN: "good", State.NO_CONSENT: "warn", State.WRONG: "bad"}


@dataclass
class Shown:
    """One row as the page shows it: `who` names the child to its own school alone."""

    row: BatchRow
    who: str
    words: str
    kind: str
    sentences: list[str]
    url: str = ""
    form: ConsentForm | None = None


@dataclass
class Report:
    """All rows of a batch; those with which something is to be done stand first."""

    batch: Batch
    address: Callable[[BatchRow], str]
    rows: list[Shown] = field(default_factory=list)

    def __post_init__(self):
        found = self.batch.rows.select_related("entry").order_by("number", "pk")
        self.rows = sorted(map(self._shown, found), key=lambda one: not _is_open(one))
        self.counts = Counter(one.row.state for one in self.rows)

    def _shown(self, row: BatchRow) -> Shown:
        words = {
            State.TAKEN: _("Taken"),
            State.NO_CONSENT: _("Waits for consent"),
            State.WRONG: _("Not taken"),
        }[row.state]
        if row.entry and row.state == State.TAKEN:
            words = _("Taken, work %(number)s") % {"number": row.entry.code}
        sentences = [error["message"] for error in row.errors]
        if row.state == State.NO_CONSENT and not sentences:
            sentences = [_("A guardian has not agreed yet, so the jury does not see the work.")]
        return Shown(row, _who(row.data), words, KINDS[row.state], sentences)

    def put_forms(self, refused: dict[int, ConsentForm]) -> None:
        """Give every row that waits for consent its form, or the one that was refused."""
        for one in self.rows:
            if one.row.state == State.NO_CONSENT:
                one.url = self.address(one.row)
                form = refused.get(one.row.pk)
                one.form = form or ConsentForm(prefix=f"row{one.row.pk}")

    @property
    def refused_forms(self) -> list[ConsentForm]:
        """Forms with errors, for the summary above the page."""
        return [one.form for one in self.rows if one.form is not None and one.form.errors]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What became of the whole, a line for each outcome that there is."""
        taken, waiting = self.counts[State.TAKEN], self.counts[State.NO_CONSENT]
        wrong, lone = self.counts[State.WRONG], len(self.batch.files_without_row)
        found = [
            (taken, "good", ngettext("%(n)d work is taken", "%(n)d works are taken", taken)),
            (waiting, "warn",
             ngettext("%(n)d waits for consent", "%(n)d wait for consent", waiting)),
            (wrong, "bad", ngettext("%(n)d row is not taken", "%(n)d rows are not taken", wrong)),
            (lone, "warn", ngettext("%(n)d file without a row", "%(n)d files without a row", lone)),
        ]  # fmt: skip
        return [
            {"kind": kind, "text": text % {"n": number}} for number, kind, text in found if number
        ]


def _is_open(one: Shown) -> bool:
    return one.row.state != State.TAKEN or bool(one.sentences)


def _who(data: dict[str, Any]) -> str:
    names = [data.get(f"given_name_{code}") or "" for code in ("ru", "en")]
    family = [data.get(f"family_name_{code}") or "" for code in ("ru", "en")]
    place = 0 if names[0] else 1
    return " ".join(part for part in (names[place], family[place]) if part)
