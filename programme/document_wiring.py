"""What documents and materials give to the floors below: queues, reminders, the purge."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import retention, workqueue
from mailing import reminders
from programme import materials
from programme.models import MaterialRequest

KEEPS = datetime.timedelta(days=365)
LIST = "admin:programme_materialrequest_changelist"


def register() -> None:
    reminders.register(materials.material_reminders)
    workqueue.register(queues)
    retention.register(
        "programme.materials",
        label=_("Addresses of those who were asked for materials"),
        purpose=_("the request for materials and its reminders"),
        basis=_("legitimate interest"),
        keeps=_("a year after the event"),
        purge=purge,
    )


def queues(user):
    """Materials that are overdue, and those that came and wait to be released."""
    if not user.has_perm("programme.change_materialrequest"):
        return
    overdue = MaterialRequest.objects.overdue(timezone.now()).count()
    yield workqueue.Queue(
        title=_("Materials that are overdue"),
        count=overdue,
        note=ngettext(
            "%(count)d speaker has not sent what was asked for",
            "%(count)d speakers have not sent what was asked for",
            overdue,
        )
        % {"count": overdue},
        url=reverse(LIST) + "?course=overdue",
        link_text=_("See who"),
        is_hot=overdue > 0,
    )
    waiting = MaterialRequest.objects.to_release().count()
    yield workqueue.Queue(
        title=_("Materials to release"),
        count=waiting,
        note=ngettext(
            "%(count)d file came and is not shown yet",
            "%(count)d files came and are not shown yet",
            waiting,
        )
        % {"count": waiting},
        url=reverse(LIST) + "?course=to_release",
        link_text=_("Look at them"),
    )


def purge(at: datetime.datetime) -> int:
    """Forget the addresses of requests a year after the event; how many there were."""
    old = MaterialRequest.objects.filter(event__ends_at__lt=at - KEEPS).exclude(email="")
    return old.update(email="")
