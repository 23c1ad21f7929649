"""How long stories of members are kept that were decided on: registered for the nightly purge."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from content import privatefiles, retention
from news.models import Story, StoryPhoto

KEPT = datetime.timedelta(days=365)


@transaction.atomic
def purge(now: datetime.datetime) -> int:
    """Erase refused stories and the sent originals of photos a year after the decision."""
    decided = Story.objects.filter(
        state__in=[Story.State.REFUSED, Story.State.ACCEPTED], decided_at__lt=now - KEPT
    )
    photos = list(StoryPhoto.objects.filter(story__in=decided).select_related("file"))
    for photo in photos:
        photo.delete()
        privatefiles.discard(photo.file)
    refused, _by_model = decided.filter(state=Story.State.REFUSED).delete()
    return len(photos) + refused


retention.register(
    "news.stories",
    label=_("Stories of members and their photos"),
    purpose=_("publication in the news"),
    basis=_("the member sends them and confirms the rights"),
    keeps=_("a year after the decision; what was published stays in the news"),
    purge=purge,
)
