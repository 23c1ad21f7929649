"""Makes the simple pages searchable."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES
from content.models import Page
from content.richtext import plain_text


def texts(page: Page) -> dict[str, search.Text]:
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = search.Text(
                title=getattr(page, f"title_{code}") or "",
                text=f"{getattr(page, f'lead_{code}') or ''}\n"
                f"{plain_text(getattr(page, f'body_{code}'))}",
                url=page.get_absolute_url(),
            )
    return found


search.register(
    search.Kind(
        model=Page,
        label=_("Pages"),
        texts=texts,
        visible_from=lambda page: page.visible_from,
        queryset=Page.objects.all,
    )
)
