"""What waits for staff and for schools: look-alikes to judge, children whose consent is missing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.models import BatchRow, LookAlike
from content import workqueue
from content.languages import in_language
from members import attention
from members.attention import Attention


@workqueue.register
def look_alikes_to_judge(user):
    """Pairs that nobody has looked at: one query."""
    if not user.has_perm("awards.change_lookalike"):
        return
    count = LookAlike.objects.filter(verdict=LookAlike.Verdict.OPEN).count()
    yield workqueue.Queue(
        title=gettext_lazy("Works that look alike"),
        count=count,
        note=ngettext(
            "%(count)d pair is to be looked at", "%(count)d pairs are to be looked at", count
        )
        % {"count": count},
        url=f"{reverse('admin:awards_lookalike_changelist')}?verdict__exact=open",
        link_text=gettext_lazy("Look at the pairs"),
    )


@attention.register
def consents_to_add(member, user):
    """Batches of the member in which children wait for a consent: one query."""
    rows = BatchRow.objects.filter(
        batch__entrant__member=member, state=BatchRow.State.NO_CONSENT, entry__state="submitted"
    ).select_related("batch__entrant__round__award")
    batches: dict = {}
    for row in rows.order_by("batch", "pk"):
        batches.setdefault(row.batch, []).append(row)
    for batch, waiting in batches.items():
        round = batch.entrant.round
        count = len(waiting)
        title = ngettext(
            "%(count)d work waits for the consent of a guardian",
            "%(count)d works wait for the consent of a guardian", count,
        ) % {"count": count}  # fmt: skip
        door = [member.slug, round.award.slug, round.slug, batch.key]
        yield Attention(
            title=title,
            note=in_language(round, "title")[0],
            url=reverse("awards:cabinet_batch_batch", args=door),
            action=_("Add the consents"),
        )
