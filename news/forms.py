"""What a reader may narrow the news by."""

from django import forms
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from content.languages import in_language
from content.models import Topic
from news.models import Article


class TopicChoice(forms.ModelChoiceField):
    def label_from_instance(self, topic):
        title, _language = in_language(topic, "title")
        return f"{_('SDG')} {topic.number}. {title}" if topic.number else title


class NewsFilterForm(forms.Form):
    """Topic and year, both from the address; what is unknown is refused beside its field."""

    topic = TopicChoice(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All topics"),
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.filter(
            pk__in=Article.objects.published().values("topics")
        )
        self.fields["year"].choices = years

    def narrowed(self, articles):
        """The articles that match; all of them when the address says nothing valid."""
        if not self.is_valid():
            return articles
        if topic := self.cleaned_data["topic"]:
            articles = articles.filter(topics=topic)
        if year := self.cleaned_data["year"]:
            articles = articles.filter(published_at__year=year)
        return articles


def years() -> list[tuple]:
    """The years that have published news, newest first, as choices."""
    found = (
        Article.objects.published()
        .order_by()
        .annotate(year=ExtractYear("published_at"))
        .values_list("year", flat=True)
        .distinct()
    )
    return [("", _("All years")), *((year, str(year)) for year in sorted(found, reverse=True))]
