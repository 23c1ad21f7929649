"""Makes practices searchable, also by the names of their cities."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from content import search
from content.dates import local_day
from content.timezones import association_zone
from practices.models import Practice
from practices.models.practices import TEXTS


def texts(practice: Practice) -> dict[str, search.Text]:
    names = [practice.member.name_ru, practice.member.name_en]
    moment = practice.published_at
    day = local_day(moment, association_zone()) if moment else None
    found = search.texts_of(
        practice, "title", "summary", "problem", names=names, dated_on=day,
        members=[practice.member_id], topics=(topic.pk for topic in practice.topics.all()),
    )  # fmt: skip
    return {
        code: replace(text, text="\n".join([text.text, *_others(practice, code)]).strip())
        for code, text in found.items()
    }


def _others(practice: Practice, code: str) -> list[str]:
    return [
        text
        for name in TEXTS
        if name != "problem" and (text := getattr(practice, f"{name}_{code}"))
    ]


search.register(
    search.Kind(
        model=Practice,
        label=_("Practices"),
        texts=texts,
        visible_from=lambda practice: practice.visible_from,
        queryset=lambda: Practice.objects.select_related("member").prefetch_related("topics"),
    )
)
