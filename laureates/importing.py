"""Laureates of the past from a workbook: judged row by row, written once, harmless to repeat."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from attendance.matching_names import place_key
from awards.models import Award, EntrantKind
from content import audit
from content.languages import LANGUAGE_CODES
from content.records import refresh_derived_many
from dues.money import parse_amount
from laureates import importing_file
from laureates.models import Laureate
from members.models import Member

NEW, SAME, WRONG = "new", "same", "wrong"
TEXTS = ("title", "honour_text", "category_text", "citation", "work_title", "source")
# Two rows that agree in these are one honour.
SAMENESS = (
    "award_id", "year", "member_id", "honour", "place", "title_ru", "title_en",
    "category_text_ru", "category_text_en", "work_title_ru", "work_title_en",
)  # fmt: skip


@dataclass
class Verdict:
    """What the import says of one row: its number in the sheet, its kind, the sentences."""

    number: int
    kind: str
    laureate: Laureate | None = None
    remarks: list[str] = field(default_factory=list)


class Names:
    """Awards and cities by whatever they are called: two queries for a whole file."""

    def __init__(self):
        self.awards = _by_name(
            (award, (award.slug, award.title_ru, award.title_en)) for award in Award.objects.all()
        )
        members = Member.objects.select_related("country")
        self.members = _by_name((one, one.name_search.split("\n")) for one in members)


def _by_name(named: Iterable[tuple]) -> dict[str, dict]:
    found: dict[str, dict] = defaultdict(dict)
    for record, names in named:
        for name in filter(None, names):
            found[place_key(name) or name][record.pk] = record
    return found


def judge(data: bytes) -> list[Verdict]:
    """A verdict for every row of the file. Raises ValidationError for what is no such file.

    A constant number of queries; nothing is written.
    """
    rows = importing_file.read(data)
    names = Names()
    known = {_sameness(one) for one in Laureate.objects.all()}
    verdicts = []
    for number, cells in rows:
        verdict = _judged(number, cells, names)
        if verdict.laureate is not None and verdict.kind == NEW:
            key = _sameness(verdict.laureate)
            verdict.kind = SAME if key in known else NEW
            known.add(key)
        verdicts.append(verdict)
    return verdicts


def _sameness(laureate: Laureate) -> tuple:
    return tuple(getattr(laureate, name) or None for name in SAMENESS)


def _judged(number: int, cells: dict[str, str], names: Names) -> Verdict:
    remarks: list[str] = []
    laureate = Laureate(status=Laureate.Status.PUBLISHED, published_at=timezone.now())
    for step in (_award, _city, _numbers, _honour, _prize, _texts):
        try:
            step(laureate, cells, names)
        except ValidationError as error:
            remarks += error.messages
    if not remarks:
        try:
            # The plain columns of texts are those of whoever imports: either language will do.
            laureate.full_clean(exclude=["award", "member", *TEXTS], validate_unique=False)
        except ValidationError as error:
            remarks += error.messages
    return Verdict(number, WRONG if remarks else NEW, laureate, remarks)


def _one(found: dict, text: str, unknown: str, several: str):
    if not found:
        raise ValidationError(unknown % {"name": text})
    if len(found) > 1:
        raise ValidationError(several % {"name": text})
    return next(iter(found.values()))


def _award(laureate: Laureate, cells: dict[str, str], names: Names) -> None:
    text = cells.get("award", "")
    found = names.awards.get(place_key(text) or text, {})
    laureate.award = _one(
        found, text, _("No award is called “%(name)s”."), _("Several awards are called “%(name)s”.")
    )


def _city(laureate: Laureate, cells: dict[str, str], names: Names) -> None:
    text = cells.get("city", "")
    if not text:
        laureate.kind = EntrantKind.CITY
        return
    found = names.members.get(place_key(text), {})
    if not found and (cells.get("title_ru") or cells.get("title_en")):
        laureate.kind = EntrantKind.CITY
        return
    laureate.member = _one(
        found, text, _("No city is called “%(name)s”. Give its name as laureate, too."),
        _("Several cities are called “%(name)s”."),
    )  # fmt: skip


def _numbers(laureate: Laureate, cells: dict[str, str], _names: Names) -> None:
    for key in ("year", "results_of_year", "place"):
        text = cells.get(key, "")
        if text and not (text.isascii() and text.isdigit() and len(text) <= 4):
            heading = " / ".join(importing_file.COLUMNS[key])
            raise ValidationError(
                _("%(heading)s: “%(text)s” is not a number.") % {"heading": heading, "text": text}
            )
        setattr(laureate, key, int(text) if text else None)


def _honour(laureate: Laureate, cells: dict[str, str], _names: Names) -> None:
    """By its code, or as it is called in either language."""
    text = cells.get("honour", "").casefold()
    for honour in Laureate.Honour:
        if text in (honour.value, *_called(honour)):
            laureate.honour = honour
            return
    raise ValidationError(_("No honour is called “%(name)s”.") % {"name": cells.get("honour", "")})


def _called(honour: Laureate.Honour) -> list[str]:
    found = []
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found.append(str(honour.label).casefold())
    return found


def _prize(laureate: Laureate, cells: dict[str, str], _names: Names) -> None:
    if cells.get("prize_amount"):
        laureate.prize_amount = parse_amount(cells["prize_amount"])
    laureate.prize_currency = cells.get("prize_currency", "").upper()


def _texts(laureate: Laureate, cells: dict[str, str], _names: Names) -> None:
    for name in TEXTS:
        for code in LANGUAGE_CODES:
            setattr(laureate, f"{name}_{code}", cells.get(f"{name}_{code}", ""))
    laureate.source_url = cells.get("source_url", "")
    if laureate.member is not None:
        for code in LANGUAGE_CODES:
            own = getattr(laureate.member, f"name_{code}") or ""
            setattr(laureate, f"title_{code}", getattr(laureate, f"title_{code}") or own)


@transaction.atomic
def apply(data: bytes, by) -> list[Verdict]:
    """Write the new rows of a file, judged anew; gives the verdicts.

    Public at once. What is there already stays as it is; rows that are wrong are left out.
    """
    # Two imports of one file at the same moment: the second finds the rows of the first.
    list(Award.objects.select_for_update().order_by("pk"))
    verdicts = judge(data)
    new = [one.laureate for one in verdicts if one.kind == NEW]
    for laureate in new:
        laureate.source_language = laureate.first_language()
        laureate.version = 1
    Laureate.objects.bulk_create(new)
    refresh_derived_many(new)
    if new:
        audit.record("laureates.imported", new[0].award, by, str(len(new)))
    return verdicts
