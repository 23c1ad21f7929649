"""Makes news searchable, also by the names of the members they are about."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content import search
from content.dates import local_day
from content.languages import LANGUAGE_CODES
from content.richtext import plain_text
from content.timezones import association_zone
from news.models import Article


def texts(article: Article) -> dict[str, search.Text]:
    names = {name for member in article.members.all() for name in (member.name_ru, member.name_en)}
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = search.Text(
                title=getattr(article, f"title_{code}") or "",
                text=f"{getattr(article, f'lead_{code}') or ''}\n"
                f"{plain_text(getattr(article, f'body_{code}'))}",
                names=" ".join(sorted(filter(None, names))),
                url=article.get_absolute_url(),
                dated_on=local_day(article.published_at, association_zone())
                if article.published_at
                else None,
            )
    return found


search.register(
    search.Kind(
        model=Article,
        label=_("News"),
        texts=texts,
        visible_from=lambda article: article.visible_from,
        queryset=lambda: Article.objects.prefetch_related("members"),
    )
)
