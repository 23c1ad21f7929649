"""Makes the simple pages searchable."""

from django.utils.translation import gettext_lazy as _

from content import search
from content.models import Page


def texts(page: Page) -> dict[str, search.Text]:
    return search.texts_of(page, "title", "lead", "body")


search.register(
    search.Kind(
        model=Page,
        label=_("Pages"),
        texts=texts,
        visible_from=lambda page: page.visible_from,
        queryset=Page.objects.all,
    )
)
