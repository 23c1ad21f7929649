"""The news as an Atom feed, one in each language."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.languages import in_language
from content.richtext import clean_html
from news.models import Article

LENGTH = 30


class NewsFeed(Feed):
    feed_type = Atom1Feed
    title = _("News of UCLG-Eurasia")
    subtitle = _("What the association and its member cities are doing.")
    author_name = _("Secretariat of UCLG-Eurasia")
    feed_copyright = "CC BY 4.0"

    def link(self):
        return settings.SITE_URL + reverse("news:list")

    def feed_url(self):
        return settings.SITE_URL + reverse("news:feed")

    def feed_guid(self):
        return self.feed_url()

    def items(self):
        return Article.objects.published().prefetch_related("topics")[:LENGTH]

    def item_title(self, item):
        return in_language(item, "title")[0]

    def item_description(self, item):
        lead, _language = in_language(item, "lead")
        body, _language = in_language(item, "body")
        return f"<p>{clean_html(lead)}</p>{clean_html(body)}"

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item):
        return f"{settings.SITE_URL}/{get_language()}/news/{item.pk}/"

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return max(item.published_at, item.updated_at)

    def item_categories(self, item):
        return [in_language(topic, "title")[0] for topic in item.topics.all()]
