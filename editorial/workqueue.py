"""What waits at the desk for somebody: reviews to decide, returned texts, pages to look through."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from editorial.models import Review
from editorial.pages import due_pages

REVIEWS = "admin:editorial_review_changelist"


@workqueue.register
def queues(user):
    if user.has_perm("editorial.view_review"):
        yield _returned(user)
        yield _to_review(user)
    if user.has_perm("content.change_page"):
        yield _pages_due(user)


def _to_review(user) -> workqueue.Queue:
    number = Review.objects.waiting_for(user).count()
    return workqueue.Queue(
        title=_("Texts for your review"),
        count=number,
        note=ngettext(
            "%(count)d text waits for your word", "%(count)d texts wait for your word", number
        )
        % {"count": number},
        url=reverse(REVIEWS) + "?whose=mine",
        link_text=_("Open the reviews"),
        is_hot=number > 0,
    )


def _returned(user) -> workqueue.Queue:
    number = Review.objects.returned_to(user).count()
    return workqueue.Queue(
        title=_("Returned to you with comments"),
        count=number,
        note=ngettext(
            "%(count)d text of yours was returned", "%(count)d texts of yours were returned", number
        )
        % {"count": number},
        url=reverse(REVIEWS) + "?whose=returned",
        link_text=_("Read the comments"),
        is_hot=number > 0,
    )


def _pages_due(user) -> workqueue.Queue:
    number = due_pages(user).count()
    return workqueue.Queue(
        title=_("Your pages to look through"),
        count=number,
        note=ngettext(
            "the day of review of %(count)d page of yours is over",
            "the day of review of %(count)d pages of yours is over",
            number,
        )
        % {"count": number},
        url=reverse("admin:content_page_changelist") + "?review=mine",
        link_text=_("Look through"),
    )
