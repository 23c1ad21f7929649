"""What waits for staff among the entries: works that the jury does not see yet."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.entry_consents import lacking_consent
from awards.models import Entry
from content import workqueue

NEW = datetime.timedelta(days=14)


@workqueue.register
def entries_to_check(user):
    """Entries sent within two weeks, and works without consent: one query each."""
    if not user.has_perm("awards.change_entry"):
        return
    sent = Entry.objects.filter(state=Entry.State.SUBMITTED)
    lacking = sent.filter(lacking_consent()).count()
    fresh = sent.filter(submitted_at__gte=timezone.now() - NEW).count()
    listed = reverse("admin:awards_entry_changelist")
    yield workqueue.Queue(
        title=_("Entries to check"),
        count=fresh,
        note=ngettext(
            "%(count)d entry was sent within two weeks",
            "%(count)d entries were sent within two weeks",
            fresh,
        )
        % {"count": fresh},
        url=f"{listed}?state__exact=submitted&sent=new",
        link_text=_("Look through the entries"),
    )
    yield workqueue.Queue(
        title=_("Works without a guardian’s consent"),
        count=lacking,
        note=ngettext(
            "%(count)d work waits for a consent: the jury does not see it",
            "%(count)d works wait for a consent: the jury does not see them",
            lacking,
        )
        % {"count": lacking},
        url=f"{listed}?state__exact=submitted&consent=missing",
        link_text=_("See the works"),
        is_hot=lacking > 0,
    )
