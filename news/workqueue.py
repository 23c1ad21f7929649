"""What waits for staff in the news: drafts, and texts that one language lacks."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.models import TranslationState
from news.models import Article


@workqueue.register
def queues(user):
    if not user.has_perm("news.change_article"):
        return
    address = reverse("admin:news_article_changelist")
    open_states = TranslationState.objects.filter(
        content_type__app_label="news",
        content_type__model="article",
        state__in=["missing", "draft", "outdated"],
        object_id__in=Article.objects.exclude(status="withdrawn").values("pk"),
    )
    lacking = open_states.count()
    yield workqueue.Queue(
        title=_("News without a translation"),
        count=lacking,
        note=ngettext(
            "%(count)d item lacks one language or is outdated in it",
            "%(count)d items lack one language or are outdated in it",
            lacking,
        )
        % {"count": lacking},
        url=f"{address}?translation=open",
        link_text=_("Open the list"),
    )
    drafts = Article.objects.filter(status="draft").count()
    yield workqueue.Queue(
        title=_("News in draft"),
        count=drafts,
        note=_("Written, but not yet given a date"),
        url=f"{address}?status__exact=draft",
        link_text=_("Open the list"),
    )
