"""The news as feeds, in each language; topic and year narrow them as they narrow the list."""

from django.utils.translation import gettext_lazy as _

from content.feeds import ListFeed
from content.languages import in_language
from content.richtext import clean_html
from news.forms import NewsFilterForm
from news.models import Article


class NewsFeed(ListFeed):
    title = _("News of UCLG-Eurasia")
    description = subtitle = _("What the association and its member cities are doing.")
    list_name = "news:list"
    names = {"atom": "news:feed", "rss": "news:rss"}
    kind = "news"
    filters = NewsFilterForm
    picture_field = "cover"

    def public(self):
        return Article.objects.published().select_related("cover").prefetch_related("topics")

    def item_description(self, item):
        lead, _language = in_language(item, "lead")
        body, _language = in_language(item, "body")
        return f"<p>{clean_html(lead)}</p>{clean_html(body)}"
