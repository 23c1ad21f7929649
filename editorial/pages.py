"""The simple pages at the desk: their day of review, and how they look before they are public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from content.languages import written_in
from content.models import Page
from content.publishing import HIDDEN
from editorial import previews


def due_pages(owner=None):
    """Public pages whose day of review is over; those of one `owner` when given."""
    due = Page.objects.filter(review_on__lte=timezone.localdate()).exclude(status__in=HIDDEN)
    return due if owner is None else due.filter(owner=owner)


def page_preview(request: HttpRequest, page: Page) -> HttpResponse:
    """The page as readers will see it."""
    languages = written_in(page, "title", "body")
    context = {
        "page": page,
        "written_in": languages,
        "is_in_other_language": request.LANGUAGE_CODE not in languages,
        "is_preview": True,
    }
    return render(request, "page_detail.html", context)


previews.register(Page, page_preview)
