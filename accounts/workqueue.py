"""What waits for staff among the accounts: invitations that nobody answered in time."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Invitation
from content import workqueue


@workqueue.register
def queues(user):
    if not user.has_perm("accounts.change_invitation"):
        return
    overdue = Invitation.objects.overdue().count()
    yield workqueue.Queue(
        title=_("Invitations without an answer"),
        count=overdue,
        note=ngettext(
            "%(count)d link ran out before it was used",
            "%(count)d links ran out before they were used",
            overdue,
        )
        % {"count": overdue},
        url=f"{reverse('admin:accounts_invitation_changelist')}?state=overdue",
        link_text=_("Send again or withdraw"),
    )
