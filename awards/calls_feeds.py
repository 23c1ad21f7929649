"""Calls for entries as an Atom feed, one in each language."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards import deadlines
from awards.models import Award, Round
from content.dates import moment_text
from content.languages import in_language
from content.richtext import clean_html

LENGTH = 30


class CallsFeed(Feed):
    """Rounds of the association's own awards that are announced, the latest first."""

    feed_type = Atom1Feed
    title = gettext_lazy("Calls for entries of UCLG-Eurasia")
    subtitle = gettext_lazy("Awards and contests of the association: who may enter, and by when.")
    author_name = gettext_lazy("Secretariat of UCLG-Eurasia")
    feed_copyright = "CC BY 4.0"

    def link(self):
        return settings.SITE_URL + reverse("awards:list")

    def feed_url(self):
        return settings.SITE_URL + reverse("awards:feed")

    def feed_guid(self):
        return self.feed_url()

    def items(self):
        own = Round.objects.visible().filter(award__giver=Award.Giver.OWN)
        found = own.select_related("award").prefetch_related("categories")
        return found.order_by("-published_at", "-pk")[:LENGTH]

    def item_title(self, item):
        return in_language(item, "title")[0]

    def item_description(self, item):
        until = moment_text(deadlines.closing(item), item.zone)
        words = _("Entries until %(moment)s.") % {"moment": until}
        summary, _language = in_language(item, "summary")
        return f"<p>{words}</p><p>{clean_html(summary)}</p>"

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item):
        return f"{settings.SITE_URL}/{get_language()}/awards/rounds/{item.pk}/"

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return max(item.published_at, item.updated_at)
