"""Makes news searchable, also by the names of the members they are about."""

from django.utils.translation import gettext_lazy as _

from content import search
from content.dates import local_day
from content.timezones import association_zone
from news.models import Article


def texts(article: Article) -> dict[str, search.Text]:
    names = [name for member in article.members.all() for name in (member.name_ru, member.name_en)]
    moment = article.published_at
    day = local_day(moment, association_zone()) if moment else None
    return search.texts_of(
        article, "title", "lead", "body", names=names, dated_on=day,
        members=(member.pk for member in article.members.all()),
        topics=(topic.pk for topic in article.topics.all()),
    )  # fmt: skip


search.register(
    search.Kind(
        model=Article,
        label=_("News"),
        texts=texts,
        visible_from=lambda article: article.visible_from,
        queryset=lambda: Article.objects.prefetch_related("members", "topics"),
    )
)
