"""What waits for staff in the library: texts that lack a language, files that do not open."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.translation_queue import translation_queue
from library.models import Publication


@workqueue.register
def queues(user):
    if user.has_perm("library.change_publication"):
        yield translation_queue(Publication, _("Publications without a translation"))


@workqueue.register
def broken_files(user):
    if not user.has_perm("library.change_publicationfile"):
        return
    count = Publication.objects.with_broken_files().count()
    yield workqueue.Queue(
        title=_("Files that do not open"),
        count=count,
        note=ngettext(
            "%(count)d publication has a file that is damaged or asks for a password",
            "%(count)d publications have a file that is damaged or asks for a password",
            count,
        )
        % {"count": count},
        url=reverse("admin:library_publication_changelist") + "?unread=broken",
        link_text=_("Open the list"),
    )
