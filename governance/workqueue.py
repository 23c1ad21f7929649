"""What waits for staff: seats to be filled, proposed delegates, translations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from governance import vacancies
from governance.models import Body, DelegateProposal, Organisation, Person


@workqueue.register
def queues(user):
    if user.has_perm("governance.change_seatfilling"):
        yield _to_be_filled()
        yield _proposals()
    if user.has_perm("governance.change_organisation"):
        yield translation_queue(Person, _("People without a translation"))
        yield translation_queue(Organisation, _("Organisations without a translation"))
        yield translation_queue(Body, _("Bodies without a translation"))


def _to_be_filled() -> workqueue.Queue:
    found = vacancies.vacancies()
    heads = len(vacancies.vacant_heads())
    return workqueue.Queue(
        title=_("Seats to be filled"),
        count=len(found),
        note=ngettext(
            "%(count)d member has no head", "%(count)d members have no head", heads
        ) % {"count": heads}
        if heads
        else _("The members are asked to name a delegate"),
        url=reverse("admin:governance_body_vacancies"),
        link_text=_("Show the seats"),
        is_hot=bool(found),
    )  # fmt: skip


def _proposals() -> workqueue.Queue:
    waiting = DelegateProposal.objects.filter(state=DelegateProposal.State.WAITING).count()
    return workqueue.Queue(
        title=_("Proposed delegates"),
        count=waiting,
        note=_("Members have named them"),
        url=f"{reverse('admin:governance_delegateproposal_changelist')}?state__exact=waiting",
        link_text=_("Confirm the delegates"),
        is_hot=bool(waiting),
    )
