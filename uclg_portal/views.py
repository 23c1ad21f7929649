"""Pages made of several apps: the search, the choice of a language."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from content import searching
from content import search as search_index

HITS_PER_PAGE = 10


def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the reader's language."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def search(request: HttpRequest) -> HttpResponse:
    """Hits in order of relevance, ten a page, by kind; a hint where there is nothing to search."""
    words = searching.cleaned(request.GET.get("q", ""))
    if not searching.is_searchable(words):
        return render(request, "search.html", {"words": words, "is_too_short": bool(words)})
    found = searching.find(words, request.LANGUAGE_CODE)
    types = searching.content_type_ids()
    entries, tabs = found.entries, []
    for kind in search_index.kinds():
        code = kind.model._meta.model_name
        is_current = request.GET.get("kind") == code
        if count := found.counts.get(types[kind.model], 0):
            tabs.append({"code": code, "label": kind.label, "count": count, "current": is_current})
        if is_current:
            entries = entries.filter(content_type=types[kind.model])
    paginator = Paginator(entries, HITS_PER_PAGE)
    paginator.count = next((tab["count"] for tab in tabs if tab["current"]), found.total)
    hits = paginator.get_page(request.GET.get("page"))
    labels = {types[kind.model]: kind.label for kind in search_index.kinds()}
    hits.object_list = [
        {
            "entry": entry,
            "kind": labels[entry.content_type_id],
            "snippet": searching.snippet_html(entry.snippet),
            "language": entry.language if entry.language != request.LANGUAGE_CODE else "",
        }
        for entry in searching.with_snippets(hits.object_list, words)
    ]
    context = {"words": words, "found": found, "tabs": tabs, "hits": hits}
    return render(request, "search.html", context)
