"""Makes the library searchable."""

from django.utils.translation import gettext_lazy as _

from content import search
from library.models import Publication


def texts(publication: Publication) -> dict[str, search.Text]:
    names = [publication.source_ru, publication.source_en]
    return search.texts_of(
        publication, "title", "summary", "body", names=names, dated_on=publication.dated_on
    )


search.register(
    search.Kind(
        model=Publication,
        label=_("Library"),
        texts=texts,
        visible_from=lambda publication: publication.visible_from,
        queryset=lambda: Publication.objects.all(),
    )
)
