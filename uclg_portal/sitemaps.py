"""The map of the site for search engines: every page in every language it really exists in."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from content.languages import LANGUAGE_CODES
from content.models import Page
from events.models import Event
from members.models import Member
from news.models import Article


class LanguageSitemap(Sitemap):
    """One address per language, with alternates; a language without its own text is left out."""

    i18n = True
    alternates = True
    x_default = False
    languages = list(LANGUAGE_CODES)
    text_field = "title"

    def get_languages_for_item(self, item):
        return [code for code in LANGUAGE_CODES if getattr(item, f"{self.text_field}_{code}", "")]

    def lastmod(self, item):
        return item.updated_at


class ArticleSitemap(LanguageSitemap):
    def items(self):
        return Article.objects.published().defer("body", "body_ru", "body_en")


class EventSitemap(LanguageSitemap):
    def items(self):
        return Event.objects.published().defer("body", "body_ru", "body_en")


class MemberSitemap(LanguageSitemap):
    text_field = "name"

    def items(self):
        return Member.objects.defer("about", "about_ru", "about_en").in_alphabetical_order("ru")


class PageSitemap(LanguageSitemap):
    def items(self):
        return Page.objects.published().exclude(slug__in=["about", "contacts"])


class NamedSitemap(Sitemap):
    """Lists and the pages with addresses of their own."""

    i18n = True
    alternates = True
    languages = list(LANGUAGE_CODES)

    def items(self):
        return ["home", "news:list", "events:list", "members:list", "about", "contacts"]

    def location(self, item):
        return reverse(item)


SITEMAPS = {
    "site": NamedSitemap,
    "pages": PageSitemap,
    "news": ArticleSitemap,
    "events": EventSitemap,
    "members": MemberSitemap,
}
