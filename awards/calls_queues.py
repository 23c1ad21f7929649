"""What waits for staff among the calls: rules that nobody wrote, texts that lack a language."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards import calls
from awards.models import Award, Round
from content import workqueue
from content.translation_queue import translation_queue


@workqueue.register
def queues(user):
    if user.has_perm("awards.add_round"):
        yield _without_rules()
    if user.has_perm("awards.change_round"):
        yield translation_queue(Award, _("Awards without a translation"))
        yield translation_queue(Round, _("Rounds of awards without a translation"))


def _without_rules() -> workqueue.Queue:
    number = calls.without_rules(timezone.now()).count()
    return workqueue.Queue(
        title=_("Calls without rules"),
        count=number,
        note=ngettext(
            "%(count)d call is open or opens within two weeks, and has no rules",
            "%(count)d calls are open or open within two weeks, and have no rules",
            number,
        )
        % {"count": number},
        url=reverse("admin:awards_round_changelist") + "?call=no-rules",
        link_text=_("Write the rules"),
        is_hot=number > 0,
    )
