"""The public calendar: the year as a plan, the month as a grid, the series."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import DetailView, ListView, TemplateView

from content.dates import local_day
from content.languages import in_language, written_in
from content.timezones import association_zone
from events import listing, planning
from events.models import Event, Series
from events.words import roman


def this_year(request: HttpRequest) -> HttpResponse:
    """The plan of the year it is by the association's clock."""
    return redirect("events:plan", year=_today().year)


def this_month(request: HttpRequest) -> HttpResponse:
    """The month it is by the association's clock."""
    today = _today()
    return redirect("events:month", year=today.year, month=today.month)


def _today() -> datetime.date:
    return local_day(timezone.now(), association_zone())


class YearPlan(TemplateView):
    """The plan of a year by months: events, parts, deadlines, and what has no day yet."""

    template_name = "events/plan.html"

    def get_context_data(self, **kwargs):
        year, now = int(self.kwargs["year"]), timezone.now()
        first, last = planning.years(now)
        if not first <= year <= last:
            raise Http404
        filters = listing.EventFilterForm(self.request.GET)
        return super().get_context_data(
            filters=filters,
            plan=planning.year_plan(year, filters, now),
            previous=year - 1 if year > first else None,
            next=year + 1 if year < last else None,
            month=_today().month if year == _today().year else 1,
            **kwargs,
        )


class MonthPage(TemplateView):
    """A month as a grid of days, on phones as a list of the days that have something."""

    template_name = "events/month.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        first_year, last_year = planning.years(now)
        year, month = int(self.kwargs["year"]), int(self.kwargs["month"])
        if not (first_year <= year <= last_year and 1 <= month <= 12):
            raise Http404
        first = datetime.date(year, month, 1)
        before, after = first - planning.A_DAY, first + 31 * planning.A_DAY
        filters = listing.EventFilterForm(self.request.GET)
        return super().get_context_data(
            filters=filters,
            grid=planning.month_grid(first, filters, now),
            previous=before if before.year >= first_year else None,
            next=after if after.year <= last_year else None,
            **kwargs,
        )


class SeriesList(ListView):
    """All series that have a public event."""

    template_name = "events/series_list.html"
    context_object_name = "series"

    def get_queryset(self):
        shown = Event.objects.published().filter(series__isnull=False)
        found = Series.objects.filter(pk__in=shown.values("series"))
        return found.prefetch_related("countries")


class SeriesPage(DetailView):
    """A series with its editions, the latest first, in Roman numerals."""

    template_name = "events/series_detail.html"
    context_object_name = "series"

    def get_queryset(self):
        return Series.objects.prefetch_related("countries")

    def get_context_data(self, **kwargs):
        now = timezone.now()
        events = Event.objects.published(now).filter(series=self.object)
        found = planning.with_parts(events, now).only(
            *listing.COLUMNS, "edition", "final_attendance", "final_countries", "meeting__slug",
            "meeting__status", "meeting__published_at",
        )  # fmt: skip
        rows = [
            {**planning.plan_row(event, now), "number": roman(event.edition or 0)}
            for event in found.order_by("-starts_at", "-pk")
        ]
        _text, language = in_language(self.object, "title")
        return super().get_context_data(
            rows=rows,
            written_in=written_in(self.object, "title", "summary"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            **kwargs,
        )
