"""Suggestions while typing: titles that begin with it, then titles with a word that does."""

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from content import cacheversion, search, searching, spelling
from content.languages import reading_order
from content.models import SearchEntry

MOST = 8
LOOKED_AT = 40
LONGEST = 60
WORD_LETTERS = 3
# A bounded look: of the entries where some word begins so, those where one of the title does.
IN_TITLE = """
    SELECT id FROM (
        SELECT id, vector FROM content_searchentry
        WHERE vector @@ to_tsquery('simple', %s) AND visible_from <= %s LIMIT 400
    ) AS begun WHERE vector @@ to_tsquery('simple', %s) LIMIT 40
"""


def suggestions(words: str, language: str) -> dict:
    """{"items": [{"title", "kind", "url", "lang"}], "status": how many, in words}.

    Nothing for less than two letters; kept until the content changes.
    """
    words = spelling.folded(words)[:LONGEST].strip()
    if not searching.is_searchable(words):
        return {"items": [], "status": ""}
    name = f"suggest:{language}:{words.encode().hex()}"
    return cacheversion.remembered(name, lambda: _made(words, language))


def _made(words: str, language: str) -> dict:
    items = _items(_rows(words), language)
    count = len(items)
    status = ngettext("%(count)d suggestion.", "%(count)d suggestions.", count) % {"count": count}
    return {"items": items, "status": status if items else gettext("No suggestions.")}


def _rows(words: str) -> list[SearchEntry]:
    now = timezone.now()
    entries = SearchEntry.objects.filter(visible_from__lte=now).defer(
        "text", "names", "keys", "vector"
    )
    begins = Q()
    for prefix in {spelling.phrase_key(words), _whole_key(words)} - {""}:
        begins |= Q(title_key__startswith=prefix)
    found = list(entries.filter(begins).order_by("title_key", "pk")[:LOOKED_AT]) if begins else []
    last = (spelling.tokens(words) or [""])[-1]
    if len({_record(entry) for entry in found}) < MOST and len(last) >= WORD_LETTERS:
        word = spelling.APOSTROPHES.sub("", last)
        ids = RawSQL(IN_TITLE, [f"{word}:*", now, f"{word}:*A"])  # nosec # letters and digits
        found += [entry for entry in entries.filter(pk__in=ids) if _has_words(entry, words)]
    return found


def _whole_key(words: str) -> str:
    """The key of the words with the ending of the last one kept: it is not typed to its end."""
    done, _space, last = words.rpartition(" ")
    return f"{spelling.phrase_key(done)} {spelling.sound(last)}".strip()


def _has_words(entry: SearchEntry, words: str) -> bool:
    """Whether each of the words begins a word of the title."""
    title = [spelling.folded(token) for token in spelling.tokens(entry.title)]
    return all(
        any(one.startswith(word) for one in title) for word in map(spelling.folded, words.split())
    )


def _items(rows: list[SearchEntry], language: str) -> list[dict]:
    """One item for each record, in the reader's language where it has a title in it."""
    order = reading_order(language)
    best: dict[tuple, SearchEntry] = {}
    for entry in rows:
        kept = best.get(_record(entry))
        if kept is None or order.index(entry.language) < order.index(kept.language):
            best[_record(entry)] = entry
    types = searching.content_type_ids()
    labels = {types[kind.model]: str(kind.label) for kind in search.kinds()}
    return [
        {
            "title": entry.title,
            "kind": labels.get(entry.content_type_id, ""),
            "url": entry.url,
            "lang": entry.language if entry.language != language else "",
        }
        for entry in sorted(best.values(), key=lambda entry: entry.is_superseded)[:MOST]
    ]


def _record(entry: SearchEntry) -> tuple[int, int]:
    return entry.content_type_id, entry.object_id
