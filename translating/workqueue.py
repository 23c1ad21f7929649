"""What waits on the translation desk: an honest counter, and proposals from outside."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from translating import desk
from translating.models import TranslationLink


@workqueue.register
def queues(user):
    if not user.has_perm("translating.change_deskentry"):
        return
    yield workqueue.Queue(
        title=_("Translation desk"),
        count=desk.entries_for(user).open().count(),
        note=desk.honest_note(user),
        url=reverse("admin:translating_deskentry_changelist"),
        link_text=_("Open the translation desk"),
    )
    if user.has_perm("translating.change_translationlink"):
        yield _proposals(user)


def _proposals(user) -> workqueue.Queue:
    types = ContentType.objects.get_for_models(*desk.kinds_for(user))
    count = TranslationLink.objects.filter(
        content_type__in=types.values(), returned_at__isnull=False, decided_at=None
    ).count()
    return workqueue.Queue(
        title=_("Translations from outside"),
        count=count,
        note=ngettext(
            "%(count)d translation came back and is not read yet",
            "%(count)d translations came back and are not read yet",
            count,
        )
        % {"count": count},
        url=reverse("admin:translating_translationlink_changelist") + "?state=waits",
        link_text=_("Read them"),
        is_hot=count > 0,
    )
