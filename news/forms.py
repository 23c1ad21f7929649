"""What a reader may narrow the news by."""

from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.keys import as_key
from content.language_filter import OneLanguageMixin
from news import archive


class NewsFilterForm(OneLanguageMixin, forms.Form):
    """Topic, year and language from the address; what is unknown is refused beside its field."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topics
        self.fields["year"].choices = years

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen and valid, by parameter, in one order: of an address, of a cache key."""
        cleaned = self.cleaned_data if self.is_valid() else {}
        return {name: str(cleaned[name]) for name in ("topic", "year", "lang") if cleaned.get(name)}

    @property
    def name(self) -> str:
        """The choice in a few letters: the same choice has the same name."""
        return "-".join(self.chosen.get(name, "") for name in ("topic", "year", "lang"))

    def narrowed(self, articles):
        """The articles that match; all of them when the address says nothing valid."""
        if topic := self.chosen.get("topic"):
            articles = articles.filter(topics__slug=topic)
        if year := self.chosen.get("year"):
            articles = articles.filter(published_at__year=int(year))
        return self.in_one_language(articles, "title", "body")

    def onward(self, page: int) -> str:
        """The query that an article keeps, so that its way back leads to this page of the list."""
        kept = self.chosen | ({"from": str(page)} if page > 1 else {})
        return f"?{urlencode(kept)}" if kept else ""


def way_back(query) -> str:
    """The address of the list that a reader came from, by the query of the article's address.

    Filters are judged as on the list itself; what nobody could have come from leads to the list
    as it begins.
    """
    kept = NewsFilterForm(query).chosen
    page = as_key(query.get("from", "")) or 1
    if page > 1:
        kept["page"] = str(page)
    address = reverse("news:list")
    return f"{address}?{urlencode(kept)}" if kept else address


def topics() -> list[tuple]:
    """The topics that published news has, as choices."""
    return [("", _("All topics")), *archive.topics()]


def years() -> list[tuple]:
    """The years that have published news, newest first, as choices."""
    return [("", _("All years")), *((str(year), str(year)) for year in archive.years())]
