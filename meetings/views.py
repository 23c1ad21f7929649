"""The public pages of the meetings, and the papers that are fetched from them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, ListView

from content import privatefiles
from content.languages import in_language, written_in
from meetings import listing, page
from meetings.models import Meeting, MeetingDocument

PAGE_SIZE = 20


class MeetingList(ListView):
    """All published meetings, the latest first; a year narrows them."""

    paginate_by = PAGE_SIZE
    template_name = "meetings/meeting_list.html"

    def get_queryset(self) -> QuerySet[Meeting]:
        published = Meeting.objects.published()
        self.years = listing.years_of(published)
        year = self.request.GET.get("year", "")
        self.year = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None
        if self.year in self.years:
            published = published.filter(starts_at__year=self.year)
        else:
            self.year = None
        return listing.light(published.order_by("-starts_at", "-pk"))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(years=self.years, year=self.year, **kwargs)
        context["rows"] = listing.rows(context["object_list"])
        return context


class MeetingPage(DetailView):
    """A meeting: agenda with decisions and papers, results of elections, meetings within it."""

    template_name = "meetings/meeting_detail.html"
    context_object_name = "meeting"

    def get_queryset(self) -> QuerySet[Meeting]:
        return Meeting.objects.published().select_related(
            "body__organisation", "parent", "chair", "secretary"
        )

    def get_context_data(self, **kwargs):
        meeting = self.object
        points, decisions, documents = page.points(meeting)
        parts = meeting.parts.published().order_by("starts_at", "pk")
        _text, language = in_language(meeting, "title")
        return super().get_context_data(
            place=listing.place_words(meeting),
            status=listing.STATES[meeting.state],
            status_kind=listing.COLOURS[meeting.state],
            points=points,
            decisions=decisions,
            documents=documents,
            outcomes=page.outcomes(meeting),
            parts=listing.rows(listing.light(parts)),
            parent_is_public=meeting.parent is not None and meeting.parent.is_public(),
            written_in=written_in(meeting, "title", "title"),
            is_in_other_language=language != self.request.LANGUAGE_CODE,
            **kwargs,
        )


def document(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A paper of a meeting, for whoever may read it; nobody else learns that it exists."""
    allowed = MeetingDocument.objects.for_user(request.user).select_related("file")
    kept = get_object_or_404(allowed, pk=pk, meeting__slug=slug)
    return privatefiles.response_for(kept.file)
