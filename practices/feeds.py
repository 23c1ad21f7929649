"""Practices of cities as feeds, in each language; what narrows the list narrows them."""

from django.utils.translation import gettext_lazy as _

from content.feeds import ListFeed
from practices.filters import PracticeFilterForm
from practices.models import Practice


class PracticeFeed(ListFeed):
    title = _("Practices of cities of UCLG-Eurasia")
    description = subtitle = _("What worked in one city and may work in another.")
    list_name = "practices:list"
    names = {"atom": "practices:feed", "rss": "practices:rss"}
    kind = "practices"
    filters = PracticeFilterForm

    def public(self):
        found = Practice.objects.published().prefetch_related("topics", "pictures__picture")
        return found.order_by("-published_at", "-pk")

    def picture_of(self, item):
        return next((one.picture for one in item.pictures.all()), None)
