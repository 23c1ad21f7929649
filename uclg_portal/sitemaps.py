"""The map of the site for search engines: every page in every language it really exists in."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from awards.models import Award, Round
from consultations.models import Call, Consultation
from content.languages import LANGUAGE_CODES, written_in
from content.models import Page
from events.models import Event
from governance.models import Body, Organisation, Person
from laureates.models import Laureate, Results
from library.models import Publication
from meetings.models import Meeting
from members.models import Member
from news.models import Article
from partnerships.models import OutsideCity, Partnership
from practices.models import Practice
from projects.models import Project, Strategy
from ratings.models import Edition, Rating
from standings import listing


class LanguageSitemap(Sitemap):
    """One address per language, with alternates; a language without its own text is left out."""

    i18n = True
    alternates = True
    x_default = False
    languages = list(LANGUAGE_CODES)
    title_field, body_field = "title", "body"

    def get_languages_for_item(self, item):
        return written_in(item, self.title_field, self.body_field)

    def lastmod(self, item):
        return item.updated_at


class ArticleSitemap(LanguageSitemap):
    def items(self):
        return Article.objects.published()


class EventSitemap(LanguageSitemap):
    def items(self):
        return Event.objects.published()


class AwardSitemap(LanguageSitemap):
    def items(self):
        return Award.objects.published()


class RoundSitemap(LanguageSitemap):
    body_field = "rules"

    def items(self):
        return Round.objects.visible().select_related("award")


class RatingSitemap(LanguageSitemap):
    def items(self):
        return Rating.objects.published()


class EditionSitemap(LanguageSitemap):
    def items(self):
        return Edition.objects.visible().select_related("rating")


class PublicationSitemap(LanguageSitemap):
    body_field = "title"

    def items(self):
        return Publication.objects.published()


class MemberSitemap(LanguageSitemap):
    title_field, body_field = "name", "about"

    def items(self):
        return Member.objects.in_alphabetical_order("ru")


class OrganisationSitemap(LanguageSitemap):
    title_field, body_field = "name", "aims"

    def items(self):
        return Organisation.objects.in_alphabetical_order("ru")


class BodySitemap(LanguageSitemap):
    title_field, body_field = "name", "description"

    def items(self):
        return Body.objects.order_by("pk")


class MeetingSitemap(LanguageSitemap):
    body_field = "title"

    def items(self):
        return Meeting.objects.published()


class PersonSitemap(LanguageSitemap):
    title_field, body_field = "full_name", "full_name"

    def items(self):
        return Person.objects.public().in_alphabetical_order("ru")


class PageSitemap(LanguageSitemap):
    def items(self):
        return Page.objects.published().exclude(slug__in=["about", "contacts"])


class PartnershipSitemap(Sitemap):
    """Partnerships are read in both languages: what they say is made of names and choices."""

    i18n = True
    alternates = True
    languages = list(LANGUAGE_CODES)

    def items(self):
        return Partnership.objects.order_by("pk")

    def lastmod(self, item):
        return item.updated_at


class PartnerCitySitemap(LanguageSitemap):
    title_field, body_field = "name", "name"

    def items(self):
        return OutsideCity.objects.filter(partnerships__isnull=False).distinct().order_by("pk")


class PracticeSitemap(LanguageSitemap):
    body_field = "title"

    def items(self):
        return Practice.objects.published()


class ProjectSitemap(LanguageSitemap):
    body_field = "title"

    def items(self):
        return Project.objects.published()

    def lastmod(self, item):
        return item.published_at


class StrategySitemap(LanguageSitemap):
    body_field = "title"

    def items(self):
        return Strategy.objects.published()

    def lastmod(self, item):
        return item.published_at


class ConsultationSitemap(LanguageSitemap):
    def items(self):
        return Consultation.objects.published()


class CallSitemap(LanguageSitemap):
    body_field = "about"

    def items(self):
        return Call.objects.published()


class NamedSitemap(Sitemap):
    """Lists and the pages with addresses of their own."""

    i18n = True
    alternates = True
    languages = list(LANGUAGE_CODES)

    def items(self):
        return [
            "home",
            "news:list",
            "events:list",
            "members:list",
            "awards:list",
            "ratings:list",
            "governance:bodies",
            "governance:organisations",
            "laureates:list",
            "library:list",
            "meetings:list",
            "partnerships:list",
            "practices:list",
            "projects:list",
            "projects:strategies",
            "facts:list",
            "consultations:list",
            "newsletter:archive",
            "association:structure",
            "association:achievements",
            "association:partners",
            "opendata:data",
            "opendata:reference",
            "about",
            "contacts",
        ]

    def location(self, item):
        return reverse(item)


class LaureateSitemap(LanguageSitemap):
    body_field = "title"

    def items(self):
        return Laureate.objects.public().order_by("pk")

    def lastmod(self, item):
        return item.published_at


class ResultsSitemap(Sitemap):
    """Results of rounds that are out."""

    i18n = True
    alternates = True

    def items(self):
        return Results.objects.out().select_related("round__award").order_by("pk")

    def lastmod(self, item):
        return item.published_at


class PlacesSitemap(Sitemap):
    """Results of ratings that are out."""

    i18n = True
    alternates = True
    languages = list(LANGUAGE_CODES)

    def items(self):
        return Edition.objects.visible().filter(pk__in=listing.out()).select_related("rating")

    def location(self, item):
        return reverse("standings:results", args=[item.rating.slug, item.slug])

    def lastmod(self, item):
        return item.updated_at


SITEMAPS = {
    "site": NamedSitemap,
    "pages": PageSitemap,
    "news": ArticleSitemap,
    "events": EventSitemap,
    "members": MemberSitemap,
    "awards": AwardSitemap,
    "rounds-of-awards": RoundSitemap,
    "ratings": RatingSitemap,
    "editions-of-ratings": EditionSitemap,
    "places": PlacesSitemap,
    "organisations": OrganisationSitemap,
    "bodies": BodySitemap,
    "laureates": LaureateSitemap,
    "library": PublicationSitemap,
    "practices": PracticeSitemap,
    "projects": ProjectSitemap,
    "consultations": ConsultationSitemap,
    "calls": CallSitemap,
    "strategies": StrategySitemap,
    "results": ResultsSitemap,
    "meetings": MeetingSitemap,
    "people": PersonSitemap,
    "partnerships": PartnershipSitemap,
    "partner-cities": PartnerCitySitemap,
}
