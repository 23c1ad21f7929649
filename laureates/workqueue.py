"""What waits for staff: rounds that are counted and have no results, prizes to be paid."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import Round
from content import workqueue
from judging.models import Stage
from laureates.models import Laureate, Results


@workqueue.register
def queues(user):
    if user.has_perm("laureates.change_results"):
        yield _to_release()
    if user.has_perm("laureates.change_prizepaper"):
        yield _to_pay()


def rounds_to_release():
    """Rounds whose judging is over and whose results nobody has released."""
    stages = Stage.objects.filter(round=OuterRef("pk"))
    released = Results.objects.filter(round=OuterRef("pk"), released_at__isnull=False)
    return Round.objects.filter(
        Exists(stages), ~Exists(stages.exclude(state=Stage.State.CLOSED)), ~Exists(released)
    )


def _to_release() -> workqueue.Queue:
    number = rounds_to_release().count()
    return workqueue.Queue(
        title=_("Results to publish"),
        count=number,
        note=ngettext(
            "%(count)d round is judged, its results are not public",
            "%(count)d rounds are judged, their results are not public",
            number,
        )
        % {"count": number},
        url=reverse("admin:laureates_results_to_release"),
        link_text=_("Open the results"),
    )


def _to_pay() -> workqueue.Queue:
    waiting = Laureate.objects.filter(payment=Laureate.Payment.DUE)
    number = waiting.count()
    return workqueue.Queue(
        title=_("Prizes to pay"),
        count=number,
        note=ngettext("%(count)d prize waits", "%(count)d prizes wait", number) % {"count": number},
        url=reverse("admin:laureates_laureate_changelist") + "?payment__exact=due",
        link_text=_("Look at the prizes"),
    )
