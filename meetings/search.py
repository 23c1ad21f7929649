"""Makes meetings searchable, also by the names of their body."""

from django.utils.translation import gettext_lazy as _

from content import search
from meetings.models import Meeting


def texts(meeting: Meeting) -> dict[str, search.Text]:
    body = meeting.body
    names = [body.name_ru, body.name_en]
    for alias in body.aliases.all():
        names += [alias.name_ru, alias.name_en]
    return search.texts_of(meeting, "title", "place", "notes", names=names, dated_on=meeting.day)


search.register(
    search.Kind(
        model=Meeting,
        label=_("Meetings"),
        texts=texts,
        visible_from=lambda meeting: meeting.visible_from,
        queryset=lambda: Meeting.objects.select_related("body").prefetch_related("body__aliases"),
    )
)
