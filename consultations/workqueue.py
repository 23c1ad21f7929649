"""What waits for the secretariat: comments without an answer, contributions to read."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.models import Comment, Contribution
from content.workqueue import Queue, register


@register
def queues(user) -> Iterator[Queue]:
    """For those who may change them. Two queries."""
    if user.has_perm("consultations.change_comment"):
        count = Comment.objects.filter(verdict=Comment.Verdict.WAITING).count()
        yield _queue(
            _("Comments on drafts"), count, "comment", "verdict__exact=waiting",
            ngettext("%(count)d comment waits for an answer",
                     "%(count)d comments wait for an answer", count),
        )  # fmt: skip
    if user.has_perm("consultations.change_contribution"):
        count = Contribution.objects.filter(status=Contribution.Status.SENT).count()
        yield _queue(
            _("Contributions to reports"), count, "contribution", "status__exact=sent",
            ngettext("%(count)d contribution waits to be read",
                     "%(count)d contributions wait to be read", count),
        )  # fmt: skip


def _queue(title, count: int, model: str, query: str, note: str) -> Queue:
    return Queue(
        title=title, count=count, note=note % {"count": count},
        url=reverse(f"admin:consultations_{model}_changelist") + f"?{query}",
        link_text=_("Open the list"),
    )  # fmt: skip
