"""What the public reads of who was honoured: cities by their names, children by consent alone."""

from collections.abc import Callable, Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Author, Entry
from content.languages import LANGUAGE_CODES, in_language


def public_title(entry: Entry) -> dict[str, str]:
    """{"title_ru": …, "title_en": …} of the laureate of a work.

    A city by its name of this day; a child by first name, age and city, and only with the consent
    of a guardian to be shown, for every author of the work; else as "a young author" of the city.
    """
    if entry.round.is_for_children:
        return _each(lambda code: _child(entry, code, is_shown=is_showable(entry)))
    return _each(lambda code: _nominee(entry, code))


def hidden_title(entry: Entry) -> dict[str, str]:
    """The same without anything personal: what stays after a consent was withdrawn."""
    return _each(lambda code: _child(entry, code, is_shown=False))


def is_showable(entry: Entry) -> bool:
    """Whether the public may see the work and whose it is, now."""
    return Entry.objects.showable().filter(pk=entry.pk).exists()


def names_a_child(entry: Entry, texts: Iterable[str]) -> bool:
    """Whether a name of an author of the work stands in one of these texts."""
    said = " ".join(texts).casefold()
    return any(
        name.casefold() in said
        for author in entry.authors.all()
        for part in ("given_name", "family_name")
        for code in LANGUAGE_CODES
        if (name := getattr(author, f"{part}_{code}"))
    )


def _each(words: Callable[[str], str]) -> dict[str, str]:
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[f"title_{code}"] = words(code)[:300]
    return found


def _child(entry: Entry, code: str, *, is_shown: bool) -> str:
    names = [_author(one, code) for one in entry.authors.all()] if is_shown else []
    who = "; ".join(names) or _("A young author")
    home = home_in(entry, code)
    return f"{who}, {home}" if home else who


def _author(author: Author, code: str) -> str:
    other = "en" if code == "ru" else "ru"
    name = getattr(author, f"given_name_{code}") or getattr(author, f"given_name_{other}")
    if author.age is None:
        return name
    age = ngettext("%(age)d year old", "%(age)d years old", author.age) % {"age": author.age}
    return f"{name}, {age}"


def home_in(entry: Entry, code: str) -> str:
    """The city of a work in a language: of our records by its name, else as it was typed."""
    return in_language(entry.home, "name", code)[0] if entry.home else entry.home_text


def _nominee(entry: Entry, code: str) -> str:
    if entry.nominee_member:
        return in_language(entry.nominee_member, "name", code)[0]
    own, other = (entry.nominee_ru, entry.nominee_en)
    named = (own or other) if code == "ru" else (other or own)
    return named or entry.entrant.name_in(code)
