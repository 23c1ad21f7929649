"""The translation catalogue: extracted, kept and compiled with Babel, no gettext program needed."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "content", "mailing", "accounts", "facts", "search", "translating", "editorial",
    "members", "dues", "governance", "meetings", "partnerships",
    "events", "news", "library", "programme", "travel", "hosting", "awards",
    "attendance", "judging", "laureates", "nominations", "ratings",
    "questionnaires", "standings",
    "practices", "projects", "consultations", "association", "newsletter", "opendata",
    "uclg_portal",
)  # fmt: skip
FOLDER = ROOT / "locale/ru/LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    """Every file of the project that may hold messages."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path
    yield from sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")
    )


def extracted() -> Catalog:
    """A catalogue of all messages in the project, without translations."""
    found = Catalog(locale="ru", project="uclg_portal", fuzzy=False)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        method = "python"
        if path.suffix != ".py":
            text, method = templatize(text), "javascript"
        place = (path.relative_to(ROOT).as_posix(), None)
        for _line, message, _comments, context in extract(
            method, io.BytesIO(text.encode()), KEYWORDS
        ):
            flags = ["python-format"] if "%(" in str(message) else []
            found.add(message, context=context, locations=[place], flags=flags)
    return found


def stored() -> Catalog:
    """The catalogue in the repository."""
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="ru")


def renew(additions: dict[str, str | list[str]] | None = None) -> Catalog:
    """Write the catalogue anew from the sources, keeping what is translated.

    `additions` maps messages to translations ("context\\x04message" with a context; a list of
    three forms for plurals). Messages that no source has any more are dropped.
    """
    known = {_key(entry): entry.string for entry in stored() if entry.id}
    fresh = extracted()
    fresh.fuzzy = False
    for entry in fresh:
        if not entry.id:
            continue
        text = (additions or {}).get(_spelled(entry)) or known.get(_key(entry))
        if text:
            entry.string = tuple(text) if isinstance(text, list | tuple) else text
    with (FOLDER / "django.po").open("wb") as file:
        write_po(file, fresh, width=98, sort_output=True, omit_header=False, include_lineno=False)
    return fresh


def _key(entry: Message) -> tuple:
    return entry.context, entry.id if isinstance(entry.id, str) else entry.id[0]


def _spelled(entry: Message) -> str:
    context, text = _key(entry)
    return f"{context}\x04{text}" if context else text


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages without a Russian text, or with a plural form missing, or marked fuzzy."""
    return [
        _spelled(entry)
        for entry in catalogue
        if entry.id
        and (
            entry.fuzzy
            or not entry.string
            or (isinstance(entry.string, tuple) and not all(entry.string))
        )
    ]


def compile_catalogue() -> None:
    """Write the compiled catalogue that Django reads, unless it is newer than its source.

    Django has read the old one by now, or has noted that there is none: it forgets what it knows,
    so that what this process goes on to write (documents, mails) is in Russian.
    """
    source, target = FOLDER / "django.po", FOLDER / "django.mo"
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    unfinished = FOLDER / f"django.{os.getpid()}"  # another process may be reading the old one
    with unfinished.open("wb") as file:
        write_mo(file, stored())
    unfinished.replace(target)
    translation_file_changed(None, target)
