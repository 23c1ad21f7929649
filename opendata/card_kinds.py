"""The kinds of pages that have pictures for social networks."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from content.cards import Kind, register
from content.languages import in_each
from content.models import Page
from events.models import Event
from governance.models import Body
from laureates.models import Laureate
from library.models import Publication
from members.models import Member
from news.models import Article
from practices.models import Practice
from projects.models import Project
from ratings.models import Rating

SLOGAN = gettext_noop("Cities of Eurasia at one table")


def _by(name: str, public: Callable[[], QuerySet]) -> Callable[[str], Any]:
    """Finds the public record whose `name` is the key."""

    def find(key: str) -> Any:
        if name == "pk" and not (key.isdecimal() and len(key) < 18):
            return None
        return public().filter(**{name: key}).first()

    return find


def _site(key: str) -> SimpleNamespace | None:
    """The pages without a record of their own share one picture."""
    if key != "home":
        return None
    return SimpleNamespace(**in_each("title", lambda: gettext(SLOGAN)))


def register_all() -> None:
    """Make the kinds known."""
    association = _("Association of cities")
    register(Kind("site", "home", association, _site, key=""))
    for code, view, label, public in (
        ("news", "news:detail", _("News"), Article.objects.published),
        ("events", "events:detail", pgettext_lazy("one", "event"), Event.objects.published),
        ("library", "library:detail", _("Library"), Publication.objects.published),
        ("practices", "practices:detail", pgettext_lazy("of a city", "practice"),
         Practice.objects.published),
        ("projects", "projects:project", _("Projects"), Project.objects.published),
        ("awards", "awards:award", _("Awards"), Award.objects.published),
        ("ratings", "ratings:rating", _("Ratings"), Rating.objects.published),
        ("pages", "page", association, Page.objects.published),
    ):  # fmt: skip
        register(Kind(code, view, label, _by("slug", public)))
    members = Kind("members", "members:detail", _("Members"), _by("slug", Member.objects.all),
                   field="name")  # fmt: skip
    register(members)
    register(Kind("bodies", "governance:body", _("Governing bodies"),
                  _by("slug", Body.objects.all), field="name"))  # fmt: skip
    register(Kind("laureates", "laureates:detail", _("Laureates"),
                  _by("pk", Laureate.objects.public), key="pk"))  # fmt: skip
