"""What waits for staff: editions that are checked and not sealed.

Sealings and corrections that a colleague asked for wait among the approvals of `content`.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from questionnaires.checkers import PENDING, to_check
from questionnaires.models import Answer
from ratings.models import Edition
from standings import sealing


@workqueue.register
def queues(user):
    if user.has_perm(sealing.MAY_SEAL):
        yield _to_seal()


def to_seal() -> QuerySet[Edition]:
    """Editions whose questionnaire is closed and wholly checked, and that nobody has sealed."""
    sent = Answer.objects.filter(response__edition=OuterRef("pk"), response__state__in=[
        "submitted", "checked",
    ])  # fmt: skip
    pending = sent.filter(to_check(), check_state__in=PENDING)
    closed = Edition.objects.held().filter(
        opened_at__isnull=False, closes_at__lte=timezone.now(), sealed_at__isnull=True
    )
    return closed.filter(Exists(sent), ~Exists(pending))


def _to_seal() -> workqueue.Queue:
    number = to_seal().count()
    return workqueue.Queue(
        title=_("Ratings to seal"),
        count=number,
        note=ngettext(
            "%(count)d edition is checked and not sealed",
            "%(count)d editions are checked and not sealed", number,
        ) % {"count": number},
        url=reverse("admin:standings_seal_desks"),
        link_text=_("Open the desk of sealing"),
    )  # fmt: skip
