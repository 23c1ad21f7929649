"""What waits for staff in the news: drafts, and texts that one language lacks."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import workqueue
from content.translation_queue import translation_queue
from news.models import Article


@workqueue.register
def queues(user):
    if not user.has_perm("news.change_article"):
        return
    address = reverse("admin:news_article_changelist")
    yield translation_queue(Article, _("News without a translation"))
    drafts = Article.objects.filter(status="draft").count()
    yield workqueue.Queue(
        title=_("News in draft"),
        count=drafts,
        note=_("Written, but not yet given a date"),
        url=f"{address}?status__exact=draft",
        link_text=_("Open the list"),
    )
