"""What a reader may narrow the news by."""

from django import forms
from django.db.models.functions import ExtractYear
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from content import cacheversion
from content.languages import in_language
from content.models import Topic
from news.models import Article


class NewsFilterForm(forms.Form):
    """Topic and year, both from the address; what is unknown is refused beside its field."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topics
        self.fields["year"].choices = years

    @property
    def name(self) -> str:
        """What is chosen, in a few letters: the same choice has the same name."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return f"{chosen.get('topic') or ''}-{chosen.get('year') or ''}"

    def narrowed(self, articles):
        """The articles that match; all of them when the address says nothing valid."""
        if not self.is_valid():
            return articles
        if topic := self.cleaned_data["topic"]:
            articles = articles.filter(topics__slug=topic)
        if year := self.cleaned_data["year"]:
            articles = articles.filter(published_at__year=year)
        return articles


def topics() -> list[tuple]:
    """The topics that published news has, themes by name and then goals by number, as choices."""

    def used() -> list[tuple[bool, int, str, str]]:
        rows = Topic.objects.filter(pk__in=Article.objects.published().values("topics"))
        named = [(row, in_language(row, "title")[0]) for row in rows]
        return sorted((bool(row.number), row.number or 0, name, row.slug) for row, name in named)

    found = cacheversion.remembered(f"news-topics-{get_language()}", used)
    goal = gettext("SDG")
    return [
        ("", _("All topics")),
        *(
            (slug, f"{goal} {number}. {name}" if is_goal else name)
            for is_goal, number, name, slug in found
        ),
    ]


def years() -> list[tuple]:
    """The years that have published news, newest first, as choices."""

    def used() -> list[int]:
        rows = Article.objects.published().order_by().annotate(year=ExtractYear("published_at"))
        return sorted(rows.values_list("year", flat=True).distinct(), reverse=True)

    found = cacheversion.remembered("news-years", used)
    return [("", _("All years")), *((str(year), str(year)) for year in found)]
