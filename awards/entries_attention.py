"""What a representative should do next about entries: finish and send the drafts."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import deadlines
from awards.models import Entry
from content.languages import in_language
from members import attention
from members.attention import Attention

PRESSING = datetime.timedelta(days=3)


@attention.register
def drafts_to_send(member, user) -> Iterator[Attention]:
    """Drafts of rounds that still take entries, with their deadline: two queries and one each."""
    now = timezone.now()
    drafts = Entry.objects.filter(entrant__member=member, state=Entry.State.DRAFT)
    for entry in drafts.select_related("round__award", "category", "entrant").order_by("pk"):
        entry.entrant.round = entry.round
        until = deadlines.closing_for(entry.entrant, entry.category)
        if not entry.round.is_public(now) or not entry.round.opens_at <= now < until:
            continue
        title = entry.title_in(get_language() or "ru") or _("Draft without a title")
        yield Attention(
            title=_("Send the entry: %(title)s") % {"title": title},
            note=in_language(entry.round, "title")[0],
            url=reverse("awards:cabinet_entry", args=[member.slug, entry.pk]),
            action=_("Go on with the entry"),
            deadline=until,
            zone=entry.round.time_zone,
            is_hot=until - now <= PRESSING,
        )
