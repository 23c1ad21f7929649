"""What waits for staff: issues to approve, mail that came back."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import approvals, workqueue
from newsletter import sending
from newsletter.models import Bounce


@workqueue.register
def queues(user):
    if user.has_perm(sending.MAY_SEND):
        yield _to_approve(user)
    if user.has_perm("newsletter.change_bounce"):
        yield _bounces()


def _to_approve(user) -> workqueue.Queue:
    number = approvals.open_for(user).filter(deed=sending.DEED).count()
    return workqueue.Queue(
        title=_("Newsletter issues to approve"),
        count=number,
        note=ngettext(
            "%(count)d issue waits for a second person before it goes to all",
            "%(count)d issues wait for a second person before they go to all",
            number,
        )
        % {"count": number},
        url=reverse("admin:newsletter_bulletin_changelist") + "?state=waiting",
        link_text=_("Read and approve"),
    )


def _bounces() -> workqueue.Queue:
    number = Bounce.objects.to_look_at().count()
    return workqueue.Queue(
        title=_("Mail that came back"),
        count=number,
        note=ngettext(
            "%(count)d address does not work or its notice could not be read",
            "%(count)d addresses do not work or their notices could not be read",
            number,
        )
        % {"count": number},
        url=reverse("admin:newsletter_bounce_changelist") + "?look=open",
        link_text=_("Look at them"),
    )
