"""What a representative should do next: steps of a dossier, calls that are open."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from content.languages import in_language
from members import attention
from members.attention import Attention
from nominations import schedule
from nominations.models import Dossier, OutsideCall

PRESSING_DAYS = 7


@attention.register
def dossiers(member, user) -> Iterator[Attention]:
    """The next step of the city in each of its dossiers."""
    own = Dossier.objects.for_user(user).filter(member=member, state=Dossier.State.WRITING)
    for dossier in own.with_material():
        step = next(
            (one for one in schedule.steps(dossier) if not one.is_done and one.doer == "city"), None
        )
        if step is None:
            continue
        yield Attention(
            title=_("%(call)s: %(step)s")
            % {"call": in_language(dossier.call, "title")[0], "step": step.label},
            url=reverse("nominations:dossier", args=[member.slug, dossier.pk]),
            action=_("Open the dossier"),
            deadline=step.due_on,
            is_hot=step.is_late,
        )


@attention.register
def open_calls(member, user) -> Iterator[Attention]:
    """Open calls for which the city has no dossier."""
    taken = Dossier.objects.filter(member=member).exclude(state=Dossier.State.WITHDRAWN)
    for call in OutsideCall.objects.open().exclude(pk__in=taken.values("call")):
        if not call.is_open():
            continue
        left = schedule.days_left(call)
        yield Attention(
            title=_("Nomination: %(call)s") % {"call": in_language(call, "title")[0]},
            url=reverse("nominations:interest", args=[member.slug, call.pk]),
            action=_("Ask for a nomination"),
            deadline=call.deadline_on,
            is_hot=left is not None and left <= PRESSING_DAYS,
        )
