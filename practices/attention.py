"""What a representative should do about practices: finish what came back, say what still runs."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from content.languages import in_language
from members import attention
from members.attention import Attention
from practices import spreading
from practices.models import Practice


def _to_page(member, practice: Practice) -> str:
    return reverse("practices:cabinet_practice", args=[member.slug, practice.pk])


@attention.register
def returned(member, user) -> Iterator[Attention]:
    """Practices that the secretariat sent back: one query."""
    for practice in Practice.objects.filter(member=member, stage=Practice.Stage.RETURNED):
        yield Attention(
            title=_("The secretariat has comments: %(title)s")
            % {"title": in_language(practice, "title")[0]},
            url=_to_page(member, practice),
            action=_("Correct the practice"),
        )


@attention.register
def still_running(member, user) -> Iterator[Attention]:
    """Practices of which nobody heard for two years: one query."""
    for practice in spreading.to_be_asked().filter(member=member):
        yield Attention(
            title=_("Is it still running: %(title)s?")
            % {"title": in_language(practice, "title")[0]},
            url=_to_page(member, practice),
            action=_("Answer the question"),
        )
