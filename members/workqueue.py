"""What waits for staff: profile changes that representatives sent, texts one language lacks."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from content.models import TranslationState
from members.models import ProfileUpdate

PATIENCE = datetime.timedelta(days=2)


@workqueue.register
def queues(user):
    if user.has_perm("members.change_profileupdate"):
        yield _profile_changes()
    if user.has_perm("members.change_member"):
        yield _untranslated()


def _profile_changes() -> workqueue.Queue:
    sent = list(ProfileUpdate.objects.waiting().values_list("submitted_at", flat=True))
    late = sum(moment < timezone.now() - PATIENCE for moment in sent)
    return workqueue.Queue(
        title=_("Profile changes"),
        count=len(sent),
        note=ngettext(
            "%(count)d waits for more than two days", "%(count)d wait for more than two days", late
        )
        % {"count": late}
        if late
        else _("Representatives wait for a decision"),
        url=f"{reverse('admin:members_profileupdate_changelist')}?status__exact=waiting",
        link_text=_("Decide"),
        is_hot=bool(late),
    )


def _untranslated() -> workqueue.Queue:
    number = TranslationState.objects.filter(
        content_type__app_label="members",
        content_type__model="member",
        state__in=["missing", "draft", "outdated"],
    ).count()
    return workqueue.Queue(
        title=_("Members without a translation"),
        count=number,
        note=ngettext(
            "%(count)d page lacks one language or is outdated in it",
            "%(count)d pages lack one language or are outdated in it",
            number,
        )
        % {"count": number},
        url=reverse("admin:members_member_changelist") + "?translation=open",
        link_text=_("Open the list"),
    )
