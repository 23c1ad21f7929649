"""The public pages of the events."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.views.generic import ListView, TemplateView

from content import cacheversion, timezones
from content.languages import reading_order
from events import listing
from events.event_page import written_event
from events.models import Event

# As many rows of Russian text as fit into 20 KB of HTML.
PAGE_SIZE = 14


class EventList(ListView):
    """Upcoming events, soonest first, or past ones, latest first; filters stay in the links."""

    paginate_by = PAGE_SIZE
    template_name = "events/event_list.html"

    def get_queryset(self):
        self.now = timezone.now()
        self.is_past = self.request.GET.get("when") == "past"
        self.filters = listing.EventFilterForm(self.request.GET)
        shown = Event.objects.past if self.is_past else Event.objects.upcoming
        self.counts = listing.counts(
            self.filters.narrowed(Event.objects.published(self.now)), self.now
        )
        return listing.listed(self.filters.narrowed(shown(self.now)))

    def get_paginator(self, *args, **kwargs):
        paginator: Paginator = super().get_paginator(*args, **kwargs)
        paginator.count = self.counts["past" if self.is_past else "upcoming"]
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            filters=self.filters, counts=self.counts, is_past=self.is_past, **kwargs
        )
        context["rows"] = listing.rows(context["object_list"], self.now)
        return context


class EventPage(TemplateView):
    """An event by its own clock and the reader's, with the state of its registration.

    What is written of it is remembered until the content changes.
    """

    template_name = "events/event_detail.html"

    def get_context_data(self, slug: str, **kwargs):
        zone = timezones.reader_zone.get() or ""
        written = cacheversion.remembered(
            f"event-{reading_order()[0]}-{zone}-{slug}", lambda: written_event(slug)
        )
        return super().get_context_data(**written, **kwargs)


class EventPreview(PermissionRequiredMixin, TemplateView):
    """The same page before it is public: for staff who may see it in the admin."""

    permission_required = "events.view_event"
    template_name = "events/event_detail.html"

    def handle_no_permission(self):
        if self.request.user.is_authenticated:
            raise Http404
        return super().handle_no_permission()

    def get_context_data(self, slug: str, **kwargs):
        written = written_event(slug, Event.objects.all(), is_preview=True)
        return super().get_context_data(is_preview=True, **written, **kwargs)
