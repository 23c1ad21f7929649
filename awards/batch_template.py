"""The table that schools fill in: empty with its headings, an example, and what to write where."""

import io

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from awards.batch_table import COLUMNS, heading_of
from awards.models import Round

HEAD = PatternFill("solid", fgColor="DCEBF2")
ROWS = 1000
EXAMPLES = {
    "ru": [
        {"file": "01.jpg", "family_name_ru": "Лугова", "given_name_ru": "Анна", "age": 9,
         "title_ru": "Платье моей бабушки", "institution_ru": "Детская художественная школа",
         "teacher_ru": "Вера Осипова", "consent_entry": "да", "consent_public": "да",
         "sheet": "согласие-01.pdf"},
        {"file": "02.jpg", "family_name_ru": "Ким", "given_name_ru": "Тимур", "age": 12,
         "title_ru": "Джигит", "title_en": "The Horseman", "institution_ru": "Школа № 5",
         "teacher_ru": "Олег Сергеев", "consent_entry": "да", "consent_public": "нет"},
    ],
    "en": [
        {"file": "01.jpg", "family_name_en": "Lugova", "given_name_en": "Anna", "age": 9,
         "title_en": "My Grandmother’s Dress", "institution_en": "Children’s Art School",
         "teacher_en": "Vera Osipova", "consent_entry": "yes", "consent_public": "yes",
         "sheet": "consent-01.pdf"},
        {"file": "02.jpg", "family_name_en": "Kim", "given_name_en": "Timur", "age": 12,
         "title_ru": "Джигит", "title_en": "The Horseman", "institution_en": "School No. 5",
         "teacher_en": "Oleg Sergeev", "consent_entry": "yes", "consent_public": "no"},
    ],
}  # fmt: skip


def workbook(round: Round) -> bytes:
    """An XLSX workbook of three sheets in the language of the page."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Works")
    _headings(sheet)
    _choices(sheet)
    example = book.create_sheet(_("Example"))
    _headings(example)
    for row in EXAMPLES["ru" if (get_language() or "").startswith("ru") else "en"]:
        example.append([row.get(name, "") for name in COLUMNS])
    _explanation(book.create_sheet(_("How to fill in")), round)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headings(sheet) -> None:
    sheet.append([heading_of(name) for name in COLUMNS])
    sheet.freeze_panes = "A2"
    for place, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = Font(bold=True), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = max(12, min(28, len(str(cell.value)) + 3))
        sheet.column_dimensions[get_column_letter(place)].width = width


def _choices(sheet) -> None:
    """Yes and no to choose from, where a consent is asked for."""
    words = '"да,нет"' if (get_language() or "").startswith("ru") else '"yes,no"'
    choice = DataValidation(type="list", formula1=words, allow_blank=True)
    sheet.add_data_validation(choice)
    for place, name in enumerate(COLUMNS, start=1):
        if name.startswith("consent_"):
            letter = get_column_letter(place)
            choice.add(f"{letter}2:{letter}{ROWS + 1}")


def _explanation(sheet, round: Round) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    sheet.append([_("Column"), _("What to write")])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), HEAD
    for name, text in _texts(round).items():
        sheet.append([heading_of(name), text])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _texts(round: Round) -> dict[str, str]:
    either = _("One language is enough.")
    return {
        "file": _("The name of the file in the archive, such as 01.jpg. Each child has its own."),
        "given_name_ru": either,
        "given_name_en": either,
        "family_name_ru": _("For the diploma. The public never sees it."),
        "age": _("Full years, a number. %(ages)s") % {"ages": _ages(round)},
        "title_ru": either,
        "title_en": either,
        "institution_ru": _("As it is to stand in the diploma."),
        "teacher_ru": _("Whoever taught the child, as it is to stand in the diploma."),
        "consent_entry": _(
            "“Yes” when a parent or guardian has signed. Without it the work waits and the jury "
            "does not see it."
        ),
        "consent_public": _(
            "“Yes” when the sheet also allows to show the first name, the age, the city and the "
            "work. Without it the work takes part and is not shown."
        ),
        "sheet": _(
            "The name of the scanned sheet in the same archive. Leave it empty when the sheets "
            "stay with you."
        ),
        "category": _categories(round),
    }


def _ages(round: Round) -> str:
    spans = [(one.min_age, one.max_age) for one in round.categories.all() if one.min_age]
    if not spans:
        return ""
    first, last = min(low for low, _high in spans), max(high for _low, high in spans)
    return _("This call is for children from %(first)d to %(last)d.") % {
        "first": first, "last": last,
    }  # fmt: skip


def _categories(round: Round) -> str:
    names = "; ".join(f"{one.code}: {one}" for one in round.categories.all())
    hint = _("Only where the age does not decide: the letters of the category.")
    return f"{hint} {names}".strip()
