"""What waits for staff in the library: texts that lack a language."""

from django.utils.translation import gettext_lazy as _

from content import workqueue
from content.translation_queue import translation_queue
from library.models import Publication


@workqueue.register
def queues(user):
    if user.has_perm("library.change_publication"):
        yield translation_queue(Publication, _("Publications without a translation"))
