"""Diplomas in the register: what they say, how they are numbered, what their check page shows.

Every word is stored with the diploma (`Diploma`): nothing is declined or composed when it is
printed. A number has the year of the award and the letters of the category: 2018-L-001.
"""

import datetime
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content import documents
from content.languages import LANGUAGE_CODES, in_language
from content.models import IssuedDocument
from laureates.models import Diploma

CODE = "laureates.diploma"
TEMPLATE = "laureates/pdf/diploma.typ"
MAY_SEE = "laureates.view_diploma"
GATES = Path(settings.BASE_DIR) / "static/img/gates.svg"
# Labels of the check page.
CITY, PLACE, CLASS = _("City"), pgettext_lazy("diploma", "Place"), _("Class or category")


def issue(diploma: Diploma, by: Any) -> IssuedDocument:
    """The valid document of a diploma: made by the first call, the same one ever after.

    Raises ValidationError for a diploma that names nobody (any more).
    """
    return documents.issue(CODE, diploma, by)


def current(diploma: Diploma) -> IssuedDocument | None:
    """The valid document of a diploma; None when none was issued."""
    return IssuedDocument.objects.of(CODE, diploma).valid().select_related("pdf").first()


def papers(diplomas: Iterable[Diploma]) -> dict[int, IssuedDocument]:
    """The valid documents by the key of the diploma: one query."""
    keys = [one.pk for one in diplomas]
    found = IssuedDocument.objects.valid().filter(kind=CODE, object_id__in=keys)
    return {document.object_id: document for document in found.select_related("pdf")}


def all_papers(diplomas: QuerySet[Diploma]) -> QuerySet[IssuedDocument]:
    """Every document that was ever issued for these diplomas, in whatever state."""
    return IssuedDocument.objects.filter(kind=CODE, object_id__in=diplomas.values("pk"))


def write(target: Any, _day: datetime.date) -> documents.Wording:
    """What the register keeps of a diploma and what its paper prints."""
    diploma = Diploma.objects.with_words().get(pk=target.pk)
    if refused := refusal(diploma):
        raise ValidationError(refused, code="nameless")
    return documents.Wording(
        holder_ru=diploma.holder_ru,
        holder_en=diploma.holder_en,
        wording_ru=diploma.wording_ru,
        wording_en=diploma.wording_en,
        extra={**printed(diploma), "gates": gates()},
        facts=facts(diploma),
    )


def refusal(diploma: Diploma) -> str:
    """Why no paper can be made of a diploma; empty when one can."""
    if not Diploma.objects.deliverable().filter(pk=diploma.pk).exists():
        return gettext("The guardian withdrew the consent.")
    if diploma.erased_at:
        return gettext("The name was erased.")
    return ""


def printed(diploma: Diploma) -> dict[str, str]:
    """What the paper prints besides the wording: heading, words before the name, place, offices."""
    words = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            words[f"heading_{code}"] = getattr(diploma, f"heading_{code}") or gettext("Diploma")
            words[f"lead_{code}"] = getattr(diploma, f"lead_{code}")
            words[f"place_{code}"] = _ceremony_place(diploma, code)
            words[f"left_{code}"] = pgettext("signs a diploma", "President")
            words[f"right_{code}"] = gettext("Secretary General")
    return words


def facts(diploma: Diploma) -> list[dict[str, dict[str, str]]]:
    """City, place and class for the check page; they name no person."""
    rows = [
        (CITY, {code: city_in(diploma, code) for code in LANGUAGE_CODES}),
        (PLACE, {"ru": diploma.honour_ru, "en": diploma.honour_en}),
        (CLASS, {"ru": diploma.class_ru, "en": diploma.class_en}),
    ]
    return [
        {"label": _in_each(label), "value": value} for label, value in rows if any(value.values())
    ]


def city_in(diploma: Diploma, code: str) -> str:
    """The city a diploma belongs to, in a language; empty where none is known."""
    if diploma.city is None:
        return diploma.city_text
    return in_language(diploma.city, "name", code)[0]


@functools.cache
def gates() -> str:
    """The ornament of the sheet, as SVG text."""
    return GATES.read_text(encoding="utf-8")


def _ceremony_place(diploma: Diploma, code: str) -> str:
    laureate, round = diploma.laureate, diploma.round
    if laureate and (place := in_language(laureate, "presented_at", code)[0]):
        return place
    event = (laureate and laureate.event) or (round and round.event)
    return in_language(event, "place", code)[0] if event else ""


def _in_each(label: Any) -> dict[str, str]:
    words = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            words[code] = str(label)
    return words


def _series(target: Any, day: datetime.date) -> tuple[int, str]:
    return target.year or day.year, target.series


documents.register(
    documents.Kind(
        code=CODE,
        prefix="",
        label=_("Diploma"),
        template=TEMPLATE,
        write=write,
        is_personal=lambda target: target is None or target.is_personal,
        names_holder=lambda target: target is not None and not target.is_nameless,
        numbering=documents.Numbering(_series, "{year}-{series}-{serial:03d}"),
        day=lambda target: target.presented_on,
        permission=MAY_SEE,
    )
)
