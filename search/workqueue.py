"""What waits for staff about the search: words that found nothing."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import workqueue
from search import unanswered


@workqueue.register
def queues(user):
    if user.has_perm("search.change_emptysearch"):
        count = unanswered.open_queries().count()
        yield workqueue.Queue(
            title=_("Searches without an answer"),
            count=count,
            note=_("Add a synonym or choose an answer") if count else _("Readers find everything"),
            url=reverse("admin:search_emptysearch_changelist"),
            link_text=_("See the words"),
        )
