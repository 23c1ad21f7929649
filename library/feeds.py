"""The library as feeds, in each language; what narrows the list narrows them."""

from django.utils.translation import gettext_lazy as _

from content.feeds import ListFeed
from library.filters import LibraryFilterForm
from library.models import Publication


class LibraryFeed(ListFeed):
    title = _("Library of UCLG-Eurasia")
    description = subtitle = _("Reports, declarations, decisions and guides of the association.")
    list_name = "library:list"
    names = {"atom": "library:feed", "rss": "library:rss"}
    kind = "library"
    filters = LibraryFilterForm

    def public(self):
        found = Publication.objects.published().with_files().prefetch_related("topics")
        return found.order_by("-published_at", "-pk")

    def picture_of(self, item):
        """The cover of a file that everybody may read."""
        return next(
            (one.cover for one in item.files.all() if one.cover and not one.is_closed), None
        )
