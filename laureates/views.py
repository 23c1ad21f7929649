"""The public pages: laureates of all years, one laureate, the results of a round."""

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.generic import DetailView, ListView

from content import cacheversion
from content.languages import in_language, reading_order, written_in
from laureates import listing, results_page
from laureates.filters import LaureateFilterForm
from laureates.models import Laureate, Results

PAGE_SIZE = 20


class LaureateList(ListView):
    """Laureates of all years, the latest first; award, year, country, city and words narrow it.

    The written rows of a page that nothing narrows are remembered until the content changes.
    """

    paginate_by = PAGE_SIZE
    template_name = "laureates/laureate_list.html"

    def get_queryset(self):
        self.filters = LaureateFilterForm(self.request.GET or None)
        self.is_usual = not self.filters.is_narrowed
        return self.filters.narrowed(listing.fetched(Laureate.objects.public())).in_order()

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        if self.is_usual:
            paginator.count = cacheversion.remembered("laureates-count", lambda: paginator.count)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["rows"] = self._rows(context["page_obj"])
        return context

    def _rows(self, page) -> SafeString:
        def written() -> SafeString:
            years = listing.by_year(page.object_list)
            return render_to_string("laureates/includes/years.html", {"years": years})

        if not self.is_usual:
            return written()
        name = f"laureates-{reading_order()[0]}-{page.number}"
        return cacheversion.remembered(name, written)


class LaureatePage(DetailView):
    """One honour: for what, the work, the jury's words, the prize, the ceremony."""

    template_name = "laureates/laureate_detail.html"
    context_object_name = "laureate"

    def get_queryset(self):
        rows = listing.fetched(Laureate.objects.public())
        return rows.select_related(*listing.FETCHED, "event", "round__results")

    def get_context_data(self, **kwargs):
        laureate = self.object
        _title, language = in_language(laureate, "title")
        return super().get_context_data(
            row=listing.row(laureate, listing.sharing_of(laureate)),
            results=getattr(laureate.round, "results", None) if laureate.round_id else None,
            written_in=written_in(laureate, "title", "citation"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            event_is_public=laureate.event is not None and laureate.event.is_public(),
            **kwargs,
        )


class ResultsPage(DetailView):
    """Who won a round: places by category, the gallery, corrections. Nothing before its moment."""

    template_name = "laureates/results.html"
    context_object_name = "results"

    def get_object(self, queryset=None):
        rows = Results.objects.out()
        return get_object_or_404(
            rows.select_related("round__award", "round__event", "decision__meeting"),
            round__award__slug=self.kwargs["award"], round__slug=self.kwargs["round"],
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        return super().get_context_data(**results_page.of(self.object), **kwargs)
