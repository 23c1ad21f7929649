"""Makes events searchable, also by the names of their host."""

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from content import search
from content.languages import LANGUAGE_CODES
from content.richtext import plain_text
from events.models import Event


def texts(event: Event) -> dict[str, search.Text]:
    host = event.host_member
    names = [event.place_ru, event.place_en, *([host.name_ru, host.name_en] if host else [])]
    found = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found[code] = search.Text(
                title=getattr(event, f"title_{code}") or "",
                text=f"{getattr(event, f'summary_{code}') or ''}\n"
                f"{plain_text(getattr(event, f'body_{code}'))}",
                names=" ".join(filter(None, names)),
                url=event.get_absolute_url(),
                dated_on=timezone.localdate(event.starts_at, event.zone),
            )
    return found


search.register(
    search.Kind(
        model=Event,
        label=_("Events"),
        texts=texts,
        visible_from=lambda event: event.visible_from,
        queryset=lambda: Event.objects.select_related("host_member"),
    )
)
