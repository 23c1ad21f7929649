"""What readers narrow the practices by, all of it from the address."""

from collections.abc import Callable

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from content import cacheversion
from content.language_filter import OneLanguageMixin
from content.languages import in_language, reading_order
from content.models import Topic
from content.sortkeys import sort_key
from members.models import Country, SizeCategory
from members.passport import size_categories
from practices.models import Practice, Recommendation

Choices = list[tuple[str, str]]
RECOMMENDED = [("", _("All practices")), ("yes", _("Recommended to others"))]


class PracticeFilterForm(OneLanguageMixin, forms.Form):
    """Narrows the list by what is in use; what is unknown is refused beside its field."""

    topic = forms.ChoiceField(label=_("Topic"), required=False)
    goal = forms.ChoiceField(label=_("Sustainable Development Goal"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    size = forms.ChoiceField(label=_("Size of the city"), required=False)
    recommended = forms.ChoiceField(label=_("Recommended"), required=False, choices=RECOMMENDED)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = _offer("topics", _("Any topic"), _themes)
        self.fields["goal"].choices = _offer("goals", _("Any goal"), _goals)
        self.fields["country"].choices = _offer("countries", _("All countries"), _countries)
        self.fields["size"].choices = _offer("sizes", _("Any size"), _sizes)

    def narrowed(self, practices: QuerySet[Practice]) -> QuerySet[Practice]:
        """The practices that match; all of them when the address says something unknown."""
        if not self.is_valid():
            return practices
        chosen = self.cleaned_data
        for name in ("topic", "goal"):
            if slug := chosen[name]:
                tagged = Practice.topics.through.objects.filter(topic__slug=slug)
                practices = practices.filter(pk__in=tagged.values("practice"))
        if code := chosen["country"]:
            practices = practices.filter(country__code=code)
        if code := chosen["size"]:
            practices = practices.filter(_of_size(code))
        if chosen["recommended"]:
            rows = Recommendation.objects.filter(practice=OuterRef("pk"))
            practices = practices.filter(Exists(rows))
        return self.in_one_language(practices)

    def shown(self) -> list[forms.BoundField]:
        """The lists, for a template that writes them without widgets."""
        return [self[name] for name in ("topic", "goal", "country", "size", "recommended", "lang")]


def _of_size(code: str) -> Q:
    size = next(one for one in size_categories() if one.code == code)
    bounds = Q(population__gte=size.minimum)
    return bounds if size.maximum is None else bounds & Q(population__lt=size.maximum)


def _offer(name: str, everything, make: Callable[[], Choices]) -> Choices:
    """Codes and names in the reader's language, remembered until something changes."""
    key = f"practices-{name}-{reading_order()[0]}"
    return [("", everything), *cacheversion.remembered(key, make)]


def _themes() -> Choices:
    return sorted(_topics(Topic.Kind.THEME), key=lambda row: sort_key(row[1]))


def _goals() -> Choices:
    return _topics(Topic.Kind.SDG)


def _topics(kind: str) -> Choices:
    public = Practice.objects.published().values("pk")
    used = Practice.topics.through.objects.filter(practice__in=public).values("topic")
    rows = Topic.objects.filter(kind=kind, pk__in=used).order_by("number", "slug")
    return [
        (row.slug, f"{row.number}. {_title(row)}" if row.number else _title(row)) for row in rows
    ]


def _title(topic: Topic) -> str:
    return in_language(topic, "title")[0]


def _countries() -> Choices:
    used = Practice.objects.published().order_by().values("country")
    rows = Country.objects.filter(pk__in=used)
    named = [(row.code, in_language(row, "name")[0]) for row in rows]
    return sorted(named, key=lambda row: sort_key(row[1]))


def _sizes() -> Choices:
    rows: list[SizeCategory] = list(size_categories())
    return [(row.code, in_language(row, "name")[0]) for row in rows]
