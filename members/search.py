"""Makes members searchable, by every name and alias they bear or bore."""

import functools

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content import search
from members.models import Member


@functools.cache
def _page(language: str) -> str:
    """The address of the pages of members, up to the slug: asked for once, not per member."""
    with translation.override(language):
        return reverse("members:detail", args=["-"]).removesuffix("-/")


def texts(member: Member) -> dict[str, search.Text]:
    spellings = {member.name_ru, member.name_en}
    for name in member.names.all():
        spellings |= {name.name_ru, name.name_en, name.native}
    return search.texts_of(
        member,
        "name",
        "slogan",
        "about",
        names=spellings,
        address=lambda code: f"{_page(code)}{member.slug}/",
        members=[member.pk],
    )


search.register(
    search.Kind(
        model=Member,
        label=_("Members"),
        texts=texts,
        visible_from=lambda member: member.created_at,
        queryset=lambda: Member.objects.prefetch_related("names"),
    )
)
