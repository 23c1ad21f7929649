"""The public pages: the network of partnerships, one partnership, a city outside."""

from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, ListView, TemplateView

from partnerships import anniversaries, network
from partnerships.forms import NetworkForm
from partnerships.models import OutsideCity, Partnership

PAGE_SIZE = 60


class Network(ListView):
    """The partnerships as a table with filters, and as lines on the map."""

    paginate_by = PAGE_SIZE
    template_name = "partnerships/network.html"

    def get_queryset(self):
        self.filters = NetworkForm(self.request.GET)
        self.filters.is_valid()
        chosen = {name: value for name, value in self.filters.cleaned_data.items() if value}
        self.is_narrowed = bool(chosen)
        return network.narrowed(chosen)

    def get_context_data(self, **kwargs):
        drawn = self.object_list[: network.MOST_LINES]
        return super().get_context_data(
            filters=self.filters,
            is_narrowed=self.is_narrowed,
            drawing=network.drawing(drawn),
            **kwargs,
        )


class PartnershipPage(DetailView):
    """One partnership: sides, stage, agreement, signatories, the next anniversary."""

    template_name = "partnerships/partnership_detail.html"
    context_object_name = "partnership"

    def get_queryset(self):
        return Partnership.objects.with_sides().prefetch_related("signatories__person")

    def get_context_data(self, **kwargs):
        near = [one for one in anniversaries.told_on() if one.partnership.pk == self.object.pk]
        return super().get_context_data(
            anniversary=near[0] if near else None,
            drawing=network.drawing([self.object]),
            **kwargs,
        )


class CityPage(TemplateView):
    """A city outside: its spellings and its partners among us."""

    template_name = "partnerships/city_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        cities = OutsideCity.objects.select_related("country").prefetch_related("aliases")
        city = get_object_or_404(cities.filter(partnerships__isnull=False).distinct(), slug=slug)
        rows = Partnership.objects.with_sides().filter(city=city).latest_first()
        return super().get_context_data(city=city, rows=rows, **kwargs)
