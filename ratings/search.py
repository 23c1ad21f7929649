"""Makes ratings and their editions searchable."""

from django.utils.translation import gettext_lazy as _

from content import search
from ratings.models import Edition, Rating


def rating_texts(rating: Rating) -> dict[str, search.Text]:
    return search.texts_of(rating, "title", "summary", "body")


def edition_texts(edition: Edition) -> dict[str, search.Text]:
    rating = edition.rating
    names = [rating.title_ru, rating.title_en, str(edition.year)]
    return search.texts_of(edition, "title", "summary", "body", names=names)


def edition_visible_from(edition: Edition):
    """An edition is seen once both it and its rating are."""
    moments = [edition.visible_from, edition.rating.visible_from]
    return None if None in moments else max(moments)


search.register(
    search.Kind(
        model=Rating,
        label=_("Ratings"),
        texts=rating_texts,
        visible_from=lambda rating: rating.visible_from,
        queryset=Rating.objects.all,
    )
)
search.register(
    search.Kind(
        model=Edition,
        label=_("Editions of ratings"),
        texts=edition_texts,
        visible_from=edition_visible_from,
        queryset=lambda: Edition.objects.select_related("rating"),
    )
)
