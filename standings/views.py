"""The public pages of places: results, one city, comparison, open data."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView

from content.languages import in_language
from ratings.models import Edition
from standings import city_page, comparing_cities, listing, open_data, results_page


class EditionMixin:
    """A page below an edition whose places are public; nothing else has an address here."""

    edition: Edition

    def get_context_data(self, **_kwargs):
        self.edition = listing.edition_or_404(self.kwargs["rating"], self.kwargs["edition"])
        return super().get_context_data(
            edition=self.edition, rating_record=self.edition.rating,
            is_known=self.edition.kind == Edition.Kind.KNOWN,
            edition_title=in_language(self.edition, "title")[0],
        )  # fmt: skip


class ResultsPage(EditionMixin, TemplateView):
    """The common table, a class, a direction, members alone; what was sealed and corrected."""

    template_name = "standings/results.html"

    def get_context_data(self, **_kwargs):
        context = super().get_context_data()
        return context | results_page.of(self.edition, self.request.GET)


class CityPage(EditionMixin, TemplateView):
    """One city in an edition: its place, its places of other years, its directions."""

    template_name = "standings/city.html"

    def get_context_data(self, **_kwargs):
        context = super().get_context_data()
        return context | city_page.of(self.edition, self.kwargs["city"])


class ComparePage(EditionMixin, TemplateView):
    """Up to four cities side by side; they are named in the address."""

    template_name = "standings/compare.html"

    def get_context_data(self, **_kwargs):
        context = super().get_context_data()
        if context["is_known"]:
            raise Http404
        return context | comparing_cities.of(self.edition, self.request.GET.getlist("city"))


class DataPage(EditionMixin, TemplateView):
    """What can be downloaded, what its columns mean, how to check it."""

    template_name = "standings/data.html"

    def get_context_data(self, **_kwargs):
        context = super().get_context_data()
        return context | open_data.page(self.edition)


def data_file(request: HttpRequest, rating: str, edition: str, name: str) -> HttpResponse:
    """One file of the data package. 404 for any other name."""
    found = open_data.file_of(listing.edition_or_404(rating, edition), name)
    if found is None:
        raise Http404
    return found
