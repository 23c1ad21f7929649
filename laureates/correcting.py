"""Released results change by a correction alone: visible, dated, in both languages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from content import audit
from laureates.models import Erratum, Laureate, Results

TEXTS = ("title", "honour_text", "category_text", "citation", "work_title", "jury_words")
# What a correction may change; who it was and in which round stays.
CORRECTABLE = {
    "year", "results_of_year", "category", "honour", "place", "member", "prize_amount",
    "prize_currency", "status",
    *(f"{name}_{code}" for name in TEXTS for code in ("ru", "en")),
}  # fmt: skip


class CorrectionRefused(Exception):
    """Nothing was changed; the text says why, in the language of the reader."""


@contextmanager
def allowed() -> Iterator[None]:
    """Let this transaction change what was released: the trigger on laureates asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL laureates.correcting = 'on'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL laureates.correcting = 'off'")


@transaction.atomic
def correct(
    laureate: Laureate, changes: Mapping[str, Any], text_ru: str, text_en: str, by
) -> Erratum:
    """Change a released laureate and say so on the page of the results.

    changes: field -> value, of `CORRECTABLE`; the texts say what was wrong, in both languages.
    Raises CorrectionRefused, having changed nothing.
    """
    results = Results.objects.select_for_update(of=("self",)).filter(round=laureate.round_id)
    found = results.first()
    if found is None or found.released_at is None:
        raise CorrectionRefused(_("These results are not released: change them as they are."))
    if not (text_ru.strip() and text_en.strip()):
        raise CorrectionRefused(_("Say what was corrected, in Russian and in English."))
    if unknown := set(changes) - CORRECTABLE:
        raise CorrectionRefused(
            _("A correction does not change this: %(fields)s.")
            % {"fields": ", ".join(sorted(unknown))}
        )
    laureate = Laureate.objects.select_for_update(of=("self",)).get(pk=laureate.pk)
    changed = {
        name: value
        for name, value in changes.items()
        if (getattr(laureate, name) or None) != (value or None)
    }
    if not changed:
        raise CorrectionRefused(_("Nothing is changed."))
    for name, value in changed.items():
        setattr(laureate, name, value)
    with allowed():
        laureate.save(by=by)
    erratum = Erratum(results=found, text_ru=text_ru.strip(), text_en=text_en.strip(), made_by=by)
    erratum.save()
    audit.record("laureates.corrected", found, by, ", ".join(sorted(changed)))
    return erratum
