"""What a representative should do next about stories: correct those that came back."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from members import attention
from members.attention import Attention
from news.models import Story


@attention.register
def returned_stories(member, user) -> Iterator[Attention]:
    """Stories that the secretariat returned with a comment."""
    for story in Story.objects.filter(member=member, state=Story.State.RETURNED):
        yield Attention(
            title=_("A story came back: %(title)s") % {"title": story.title},
            note=story.comment,
            url=story.get_absolute_url(),
            action=_("Correct the story"),
            is_hot=True,
        )
