"""What waits for staff in the news: drafts, stories of members, texts that one language lacks."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import workqueue
from content.translation_queue import translation_queue
from news.models import Article, Photo, Story


@workqueue.register
def queues(user):
    if not user.has_perm("news.change_article"):
        return
    address = reverse("admin:news_article_changelist")
    yield translation_queue(Article, _("News without a translation"))
    yield translation_queue(Photo, _("Captions without a translation"))
    drafts = Article.objects.filter(status="draft").count()
    yield workqueue.Queue(
        title=_("News in draft"),
        count=drafts,
        note=_("Written, but not yet given a date"),
        url=f"{address}?status__exact=draft",
        link_text=_("Open the list"),
    )


@workqueue.register
def waiting_stories(user):
    if not user.has_perm("news.change_story"):
        return
    yield workqueue.Queue(
        title=_("Stories sent by members"),
        count=Story.objects.waiting().count(),
        note=_("Sent for publication; the member waits for an answer"),
        url=f"{reverse('admin:news_story_changelist')}?state__exact=waiting",
        link_text=_("Open the list"),
        is_hot=True,
    )
