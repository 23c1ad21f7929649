"""The search page and the suggestions while typing."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content import searching
from content.models import SearchEntry
from search import answers, extracts, filters, named_pages, suggesting, unanswered

FEW = 3  # fewer results than this: what may have been meant is offered
RATES = {"suggest": "240/m/ip"}
SUGGESTIONS_KEPT = 60  # seconds


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Hits by relevance and freshness, ten a page, narrowed by kind, year, city and topic.

    Where there is nothing to search for, a hint says what to type.
    """
    typed = request.GET.get("q", "")
    words = searching.cleaned(typed)
    context = {"words": words, "typed": words, "hints": _hints(typed, words)}
    if not searching.is_searchable(words):
        return render(request, "search.html", context)
    chosen = filters.read(request.GET)
    synonyms = answers.synonyms(request.LANGUAGE_CODE)
    found = searching.find(
        words, request.LANGUAGE_CODE, filters=chosen.filters, page=_page(request), synonyms=synonyms
    )
    context["named"] = named_pages.matching(found.asked)
    context["chosen"] = answers.chosen(words, request.LANGUAGE_CODE)
    if not chosen.filters and found.total < FEW:
        alike = searching.find_alike(found, request.LANGUAGE_CODE, synonyms)
        if found.total:
            context["meant"] = alike.meant
        else:
            found = alike
            context["is_guess"] = bool(alike.meant)
        if not (found.total or context["named"] or context["chosen"]):
            _count(request, words)
    context |= _answer(request, found, chosen)
    return render(request, "search.html", context)


def _answer(request: HttpRequest, found: searching.Found, chosen: filters.Chosen) -> dict:
    """Hits of the page, tabs of the kinds and the fields of the filter: in one query."""
    language, member_kind = request.LANGUAGE_CODE, filters.member_kind()
    wanted = Q(pk__in=found.ids)
    counted = [pk for pk, _count in found.members]
    if counted:
        wanted |= Q(content_type=member_kind, object_id__in=counted)
    marker = extracts.Marker(found.asked)
    rows = list(extracts.with_pieces(SearchEntry.objects.filter(wanted), marker.trunks))
    entries = {entry.pk: entry for entry in rows}
    known = filters.kinds()
    labels = dict(known.values())
    hits = _paginated(request, found)
    hits.object_list = [
        _hit(entries[pk], labels, marker, language) for pk in found.ids if pk in entries
    ]
    members = [entry for entry in rows if entry.content_type_id == member_kind]
    return {
        "found": found,
        "hits": hits,
        "tabs": _tabs(found, known, chosen),
        "facets": filters.facets(chosen, found, members, language),
        "filters": chosen,
    }


def _hit(entry: SearchEntry, labels: dict, marker: extracts.Marker, language: str) -> dict:
    return {
        "entry": entry,
        "kind": labels.get(entry.content_type_id, ""),
        "title": marker.marked(entry.title),
        "snippet": marker.extract(entry.piece, entry.starts_at),
        "language": entry.language if entry.language != language else "",
    }


def _tabs(found: searching.Found, known: dict, chosen: filters.Chosen) -> list[dict]:
    return [
        {
            "code": code,
            "label": label,
            "count": found.counts.get(pk, 0),
            "current": chosen.filters.kind == pk,
        }
        for code, (pk, label) in known.items()
        if found.counts.get(pk) or chosen.filters.kind == pk
    ]


def _paginated(request: HttpRequest, found: searching.Found):
    """The page as the pager shows it; beyond the end stands the last one."""
    paginator = Paginator(range(found.total), searching.PER_PAGE)
    return paginator.page(min(max(_page(request), 1), paginator.num_pages))


def _page(request: HttpRequest) -> int:
    """The page asked for; the first one for anything that is no number of a page."""
    text = request.GET.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= 6 else 1


def _hints(typed: str, words: str) -> list[str]:
    """What to say about the query itself."""
    if not words:
        return [_("Type a word or a name: of a city, a person, an event, a document.")]
    if not searching.is_searchable(words):
        return [_("Write two letters or more.")]
    if len(" ".join(typed.split())) > searching.MAX_LENGTH:
        return [_("Only the first 200 signs were searched for: a few words find more.")]
    return []


def _count(request: HttpRequest, words: str) -> None:
    """Count a search without an answer; not those of people who are signed in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and request.method == "GET":
        unanswered.count(words)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most eight titles that begin with what was typed: {"items": […], "status": "…"}."""
    words = searching.cleaned(request.GET.get("q", ""))
    if not ratelimit.consume(request, app="search", action="suggest", config=RATES, limit_get=True):
        return JsonResponse({"items": [], "status": ""}, status=429)
    response = JsonResponse(suggesting.suggestions(words, request.LANGUAGE_CODE))
    response.headers["Cache-Control"] = f"public, max-age={SUGGESTIONS_KEPT}"
    return response
