"""Pages made of several apps: the front page, the search, the simple pages."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from content import cacheversion, searching
from content import search as search_index
from content.languages import written_in
from content.models import Page
from members.models import Country, Member

HITS_PER_PAGE = 10


def choose_language(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the reader's language."""
    with override(get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"figures": cacheversion.remembered("figures", _figures)})


def _figures() -> dict[str, int]:
    """How many members there are today, and in how many countries."""
    members = Member.objects.members()
    countries = Country.objects.filter(members__in=members).distinct()
    return {"members": members.count(), "countries": countries.count()}


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A simple bilingual page."""
    found = get_object_or_404(Page.objects.published(), slug=slug)
    context = {"page": found, "written_in": written_in(found, "title", "body")}
    context["is_in_other_language"] = request.LANGUAGE_CODE not in context["written_in"]
    return render(request, "page_detail.html", context)


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
