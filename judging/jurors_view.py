"""What a juror sees of a work: one answer for pages, search, files, exports and the log.

Blind stages show the number, the age group, the title, the works and the answers to questions that
do not tell who the author is. Names, schools, teachers, cities, entrants, names of files and who
sent them are not even read from the database. Links are left out there, too: nobody can make the
page behind them blind. Where a stage is not blind the entrant and the city are added, never the
names of children. A work that lacks a guardian's consent, or is of a city that the juror is bound
to, is shown to them in no stage (`visible`).
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import dateparse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awards.models import Entry, EntryAnswer, EntryField, EntryFile
from content.dates import day_text
from content.languages import in_language, reading_order
from content.models import PrivateFile
from judging.models import Assignment, Stage

# Works of cities that a person is bound to as a juror, whatever was assigned (see `conflicts`).
OWN_CITY = """
    SELECT pair.entry_id FROM judging_juror AS seat
    CROSS JOIN LATERAL judging_conflicts(seat.round_id) AS pair
    WHERE seat.user_id = %s AND pair.juror_id = seat.id
"""
SIZES = ("small", "large", "clean")
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/png": ".png",
    "application/pdf": ".pdf",
}


@dataclass(frozen=True)
class WorkFile:
    """A file of a work: `place` counts from 1; `sizes` holds "clean", of pictures smaller ones."""

    code: str
    place: int
    label: str
    is_picture: bool
    width: int | None
    height: int | None
    # Not in what is logged: the files still have the names they were sent under.
    sizes: dict[str, PrivateFile] = field(repr=False)

    def kept(self, size: str) -> PrivateFile:
        """The file in this size, or in the next larger one that exists."""
        larger = SIZES[SIZES.index(size) :]
        return next(self.sizes[one] for one in larger if one in self.sizes)

    def name(self, size: str) -> str:
        """What the file is called for the juror: "0417-1.jpg", whatever it was sent as."""
        kept = self.kept(size)
        ending = ENDINGS.get(kept.content_type) or PurePosixPath(kept.name).suffix
        return f"{self.code}-{self.place}{ending}"

    @property
    def small_name(self) -> str:
        return self.name("small")

    @property
    def large_name(self) -> str:
        return self.name("large")

    @property
    def clean_name(self) -> str:
        return self.name("clean")


@dataclass(frozen=True)
class Answer:
    """A question of the entry form and what the work says to it; `language` of the texts."""

    question: str
    texts: tuple[str, ...]
    language: str
    is_link: bool = False

    @property
    def is_address(self) -> bool:
        """Whether the text may become a link."""
        return self.is_link and self.texts[0].startswith(("https://", "http://"))


@dataclass(frozen=True)
class JurorsView:
    """A work in the eyes of a juror. `entrant` and `city` are empty where the stage is blind."""

    code: str
    age_group: str
    title: str
    language: str
    answers: tuple[Answer, ...] = ()
    files: tuple[WorkFile, ...] = ()
    entrant: str = ""
    city: str = ""
    # How many files are not shown because they are not cleaned yet, or cannot be.
    withheld: int = 0

    @property
    def pictures(self) -> list[WorkFile]:
        return [file for file in self.files if file.is_picture]

    @property
    def documents(self) -> list[WorkFile]:
        return [file for file in self.files if not file.is_picture]

    @property
    def cover(self) -> WorkFile | None:
        return next(iter(self.pictures), None)


def visible(user) -> QuerySet[Assignment]:
    """The works that this account may see as a juror, in stages that are open or counted."""
    return (
        Assignment.objects.for_user(user)
        .filter(entry__in=Entry.objects.admitted())
        .exclude(entry__in=RawSQL(OWN_CITY, [user.pk]))  # nosec # no text of anybody's
    )


def search(assignments: QuerySet[Assignment], words: str) -> QuerySet[Assignment]:
    """Those whose number or title has these words: nothing else of a work is searched."""
    words = words.strip()
    found = Q(entry__title_ru__icontains=words) | Q(entry__title_en__icontains=words)
    if words.isdecimal() and len(words) <= 9:
        found |= Q(entry__number=int(words))
    return assignments.filter(found) if words else assignments


def build(assignments: QuerySet[Assignment], stage: Stage) -> list[Assignment]:
    """These assignments of one stage, each with a `JurorsView` as `work`.

    As many queries for a hundred as for one; `assignments` may be a slice.
    """
    rows = list(_with_contents(assignments, stage))
    for row in rows:
        row.work = _view(row.entry, stage)
    return rows


def _with_contents(assignments: QuerySet[Assignment], stage: Stage) -> QuerySet[Assignment]:
    related = ["entry__category"]
    if not stage.is_blind:
        related += ["entry__entrant__member", "entry__home"]
    answers = EntryAnswer.objects.select_related("field").prefetch_related("choices")
    files = EntryFile.objects.select_related("field", "clean", "large", "small")
    if stage.is_blind:
        answers = answers.filter(field__is_identifying=False).exclude(
            field__kind=EntryField.Kind.LINK
        )
        files = files.filter(Q(field=None) | Q(field__is_identifying=False))
    else:
        files = files.select_related("file")
    return assignments.select_related(*related).prefetch_related(
        Prefetch("entry__answers", answers.order_by("field__order", "field", "language")),
        Prefetch(
            "entry__files", files.order_by(F("field__order").asc(nulls_first=True), "order", "pk")
        ),
        "scores",
    )


def _view(entry: Entry, stage: Stage) -> JurorsView:
    language = (get_language() or "ru")[:2]
    files, withheld = _files(entry, stage)
    return JurorsView(
        code=entry.code,
        age_group=age_group(entry),
        title=entry.title_in(language),
        language=_language_of_title(entry, language),
        answers=tuple(_answers(entry)),
        files=tuple(files),
        withheld=withheld,
        entrant="" if stage.is_blind else entry.entrant.name_in(language),
        city="" if stage.is_blind else _city(entry),
    )


def _language_of_title(entry: Entry, language: str) -> str:
    given = [code for code in reading_order(language) if getattr(entry, f"title_{code}")]
    return given[0] if given else language


def _city(entry: Entry) -> str:
    return in_language(entry.home, "name")[0] if entry.home else entry.home_text


def age_group(entry: Entry) -> str:
    """The category with its ages, never the age of a child: "Drawing, 7–10 years"."""
    if entry.category is None:
        return ""
    title = in_language(entry.category, "title")[0]
    first, last = entry.category.min_age, entry.category.max_age
    ages = str(last) if first == last else f"{first}–{last}"
    if first is None or re.search(rf"(?<!\d){ages}(?!\d)", title.replace("-", "–")):
        return title
    years = ngettext("%(ages)s year", "%(ages)s years", last) % {"ages": ages}
    return f"{title}, {years}"


def _files(entry: Entry, stage: Stage) -> tuple[list[WorkFile], int]:
    """The files that may be shown, and how many may not yet."""
    shown, withheld = [], 0
    for row in entry.files.all():
        sizes = _sizes(row, stage)
        if "clean" not in sizes:
            withheld += 1
            continue
        label = in_language(row.field, "label")[0] if row.field else ""
        place = len(shown) + 1
        shown.append(
            WorkFile(entry.code, place, label, row.is_picture, row.width, row.height, sizes)
        )
    return shown, withheld


def _sizes(row: EntryFile, stage: Stage) -> dict[str, PrivateFile]:
    clean = row.clean if stage.is_blind else (row.clean or row.file)
    found = {"clean": clean}
    if row.is_picture:
        found |= {"large": row.large, "small": row.small}
    return {size: kept for size, kept in found.items() if kept is not None}


def _answers(entry: Entry) -> Iterable[Answer]:
    """One answer for each question: in the reader's language where it was asked in both."""
    by_question: dict[EntryField, dict[str, EntryAnswer]] = {}
    for row in entry.answers.all():
        by_question.setdefault(row.field, {})[row.language] = row
    for question, rows in by_question.items():
        for language in ["", *reading_order()]:
            row = rows.get(language)
            if row is not None and (texts := _texts(row)):
                yield Answer(
                    question=in_language(question, "label")[0],
                    texts=texts,
                    language=language or _language_of_text(question, entry),
                    is_link=question.kind == EntryField.Kind.LINK,
                )
                break


def _language_of_text(question: EntryField, entry: Entry) -> str:
    """Free text is in the language of the entry; all else is said in the reader's."""
    is_text = question.kind in (EntryField.Kind.LINE, EntryField.Kind.TEXT)
    return entry.language if is_text else reading_order()[0]


def _texts(row: EntryAnswer) -> tuple[str, ...]:
    kind = EntryField.Kind(row.field.kind)
    if kind in (EntryField.Kind.CHOICE, EntryField.Kind.CHOICES):
        return tuple(in_language(choice, "label")[0] for choice in row.choices.all())
    if kind == EntryField.Kind.DATE:
        return _day(row.text)
    if kind == EntryField.Kind.YES_NO:
        return ((_("yes") if row.text == "yes" else _("no")),) if row.text else ()
    return (row.text,) if row.text else ()


def _day(text: str) -> tuple[str, ...]:
    try:
        day: datetime.date | None = dateparse.parse_date(text)
    except ValueError:
        day = None
    return (day_text(day),) if day else ()
