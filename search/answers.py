"""What staff have taught the search: synonyms and chosen answers, as the pages read them."""

from dataclasses import dataclass

from django.utils import timezone

from content import cacheversion, spelling
from content.languages import LANGUAGE_CODES, in_language, reading_order
from content.models import SearchEntry
from search import wordlists
from search.models import ChosenAnswer, Synonym


@dataclass(frozen=True)
class Answer:
    """A chosen answer as the reader sees it; `language` of the title where it is not theirs."""

    title: str
    url: str
    text: str
    language: str = ""
    text_language: str = ""


def synonyms(language: str) -> list[list[str]]:
    """The groups of synonyms for readers of a language; kept until one of them changes."""
    return cacheversion.remembered(f"synonyms:{language}", lambda: _synonyms(language))


def _synonyms(language: str) -> list[list[str]]:
    groups = Synonym.objects.filter(language__in=["", language]).order_by("pk")
    return [wordlists.lines(words) for words in groups.values_list("words", flat=True)]


def chosen(words: str, language: str) -> list[Answer]:
    """The answers that staff chose for these words, in any order of them; none is not public."""
    kept = cacheversion.remembered("chosen-answers", _chosen)
    found = [kept[key] for key in [_key(words)] if key in kept]
    ids = [pk for group in found for pk in group]
    if not ids:
        return []
    answers = ChosenAnswer.objects.filter(pk__in=ids).order_by("pk")
    shown = [_shown(answer, language) for answer in answers]
    return [answer for answer in shown if answer]


def _chosen() -> dict[str, list[int]]:
    """Key of the words to ids of the answers."""
    kept: dict[str, list[int]] = {}
    for pk, words in ChosenAnswer.objects.order_by("pk").values_list("pk", "words"):
        for key in {_key(line) for line in wordlists.lines(words)}:
            kept.setdefault(key, []).append(pk)
    return kept


def _key(words: str) -> str:
    return " ".join(sorted({spelling.key(token) for token in spelling.tokens(words)}))


def _shown(answer: ChosenAnswer, language: str) -> Answer | None:
    title, title_language = in_language(answer, "title", language)
    text, text_language = in_language(answer, "text", language)
    url = _in_language(answer.address, language)
    if answer.record_type_id:
        entry = _entry(answer, language)
        if entry is None:
            return None
        url = entry.url
        if not title:
            title, title_language = entry.title, entry.language
    return Answer(
        title,
        url,
        text,
        language=title_language if title_language != language else "",
        text_language=text_language if text_language != language else "",
    )


def _in_language(address: str, language: str) -> str:
    """A page of the portal that is no record, under the reader's language."""
    first, slash, rest = address.removeprefix("/").partition("/")
    is_own = address.startswith("/") and first in LANGUAGE_CODES
    return f"/{language}{slash}{rest}" if is_own else address


def _entry(answer: ChosenAnswer, language: str) -> SearchEntry | None:
    """What the public sees of the record, in the reader's language first."""
    entries = SearchEntry.objects.filter(
        content_type=answer.record_type_id,
        object_id=answer.record_id,
        visible_from__lte=timezone.now(),
    ).defer("text", "names", "keys", "vector")
    order = reading_order(language)
    return min(entries, key=lambda entry: order.index(entry.language), default=None)
