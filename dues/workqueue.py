"""What waits for staff about dues: what is overdue, letters to be posted."""

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import dated, workqueue
from dues.models import Invoice, Reminder


@workqueue.register
def queues(user):
    if user.has_perm("dues.view_invoice"):
        yield _overdue()
    if user.has_perm("dues.change_reminder"):
        yield _letters()


def _overdue() -> workqueue.Queue:
    today = dated.today()
    late = Invoice.objects.overdue(today).order_by()
    found = late.aggregate(count=Count("pk"), oldest=Min("due_on"), newest=Max("due_on"))
    if found["count"]:
        longest, shortest = ((today - found[name]).days for name in ("oldest", "newest"))
        note = _overdue_words(shortest, longest)
    else:
        note = _("Nobody is late")
    return workqueue.Queue(
        title=_("Dues overdue"),
        count=found["count"],
        note=note,
        url=f"{reverse('admin:dues_invoice_changelist')}?state=overdue",
        link_text=_("See the invoices"),
        is_hot=bool(found["count"]),
    )


def _overdue_words(shortest: int, longest: int) -> str:
    """ "Overdue: 1 day"; "Overdue: 1 day to 45 days"."""
    if shortest == longest:
        return _("Overdue: %(days)s") % {"days": _days(shortest)}
    span = {"shortest": _days(shortest), "longest": _days(longest)}
    return _("Overdue: the latest %(shortest)s, the longest %(longest)s") % span


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _letters() -> workqueue.Queue:
    waiting = Reminder.objects.filter(reached=Reminder.Reached.LETTER, posted_on=None)
    return workqueue.Queue(
        title=_("Letters about dues"),
        count=waiting.filter(invoice__in=Invoice.objects.unpaid().values("pk")).count(),
        note=_("Print and post them"),
        url=f"{reverse('admin:dues_reminder_changelist')}?letters=waiting",
        link_text=_("Open the letters"),
    )
