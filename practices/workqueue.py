"""What waits for staff: practices to decide on, and those that lack a language."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from practices.models import Practice


@workqueue.register
def waiting(user):
    if not user.has_perm("practices.add_practice"):
        return
    count = Practice.objects.waiting().count()
    yield workqueue.Queue(
        title=_("Practices sent by cities"),
        count=count,
        note=ngettext(
            "%(count)d practice waits for a decision", "%(count)d practices wait for a decision",
            count,
        )
        % {"count": count},
        url=reverse("admin:practices_practice_changelist") + "?stage__exact=sent",
        link_text=_("Open the list"),
    )  # fmt: skip


@workqueue.register
def untranslated(user):
    if user.has_perm("practices.change_practice"):
        yield translation_queue(Practice, _("Practices without a translation"))
