"""Makes events searchable, also by the names of their host."""

from django.utils.translation import gettext_lazy as _

from content import search
from content.dates import local_day
from events.models import Event


def texts(event: Event) -> dict[str, search.Text]:
    host = event.host_member
    names = [event.place_ru, event.place_en, *([host.name_ru, host.name_en] if host else [])]
    day = local_day(event.starts_at, event.zone)
    return search.texts_of(
        event, "title", "summary", "body", names=names, dated_on=day,
        members=[host.pk] if host else (),
        topics=(topic.pk for topic in event.topics.all()),
    )  # fmt: skip


search.register(
    search.Kind(
        model=Event,
        label=_("Events"),
        texts=texts,
        visible_from=lambda event: event.visible_from,
        queryset=lambda: Event.objects.select_related("host_member").prefetch_related("topics"),
    )
)
