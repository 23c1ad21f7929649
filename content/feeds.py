"""Feeds of lists, as Atom and as RSS: each follows the filter of its list.

A feed of what there is not any more says so: 410 for a topic that nothing public is about, 404 for
a filter that never was. Both answer in words.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from content.languages import in_language
from content.models import Picture, Topic
from content.richtext import clean_html

LENGTH = 30
FORMATS: dict[str, Any] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}


class ListFeed(Feed):
    """The newest of a list, in the reader's language where it has it.

    list_name, names: the addresses of the list, and of the feed by format. kind: stands in the
    lasting ids of entries. filters: the form of the list, with `narrowed`.
    """

    author_name = _("Secretariat of UCLG-Eurasia")
    feed_copyright = "CC BY 4.0"
    list_name = ""
    names: dict[str, str] = {}
    kind = ""
    filters: Callable[..., forms.Form]
    picture_field = ""

    def __init__(self, form: str = "atom"):
        super().__init__()
        self.form = form
        self.feed_type = FORMATS[form]

    def __call__(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        chosen = self.filters(request.GET)
        if not chosen.is_valid():
            return self._gone(request, chosen)
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    def _gone(self, request: HttpRequest, chosen: forms.Form) -> HttpResponse:
        topic = request.GET.get("topic", "")
        known = topic.isprintable() and Topic.objects.filter(slug=topic[:60]).first()
        was = "topic" in chosen.errors and len(chosen.errors) == 1 and known
        values = {
            "topic": in_language(known, "title")[0] if was else "",
            "list_url": reverse(self.list_name), "feed_url": reverse(self.names[self.form]),
        }  # fmt: skip
        return render(request, "content/feed_gone.html", values, status=410 if was else 404)

    def get_object(self, request: HttpRequest) -> Any:
        chosen = self.filters(request.GET)
        chosen.is_valid()
        kept = request.GET.copy()
        for name in [name for name in kept if name not in chosen.fields or not kept[name]]:
            del kept[name]
        return chosen, f"?{kept.urlencode()}" if kept else ""

    def link(self, obj):
        return f"{settings.SITE_URL}{reverse(self.list_name)}{obj[1]}"

    def feed_url(self, obj):
        return f"{settings.SITE_URL}{reverse(self.names[self.form])}{obj[1]}"

    def feed_guid(self, obj):
        return self.feed_url(obj)

    def public(self) -> QuerySet:
        """All public records, the newest first."""
        raise NotImplementedError

    def items(self, obj):
        return obj[0].narrowed(self.public())[:LENGTH]

    def item_title(self, item):
        return in_language(item, "title")[0]

    def item_description(self, item):
        return f"<p>{clean_html(in_language(item, 'summary')[0])}</p>"

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item):
        return f"{settings.SITE_URL}/{get_language()}/{self.kind}/{item.pk}/"

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return max(item.published_at, item.updated_at)

    def item_categories(self, item):
        return [in_language(topic, "title")[0] for topic in item.topics.all()]

    def item_enclosures(self, item):
        picture = self.picture_of(item)
        return [enclosure(picture)] if picture else []

    def picture_of(self, item: models.Model) -> Picture | None:
        return getattr(item, self.picture_field) if self.picture_field else None


def enclosure(picture: Picture) -> Enclosure:
    """A picture as the attachment of an entry; its length is 0 while the file is away."""
    try:
        length = picture.file.size
    except OSError:
        length = 0
    return Enclosure(f"{settings.SITE_URL}{picture.file.url}", str(length), "image/jpeg")
