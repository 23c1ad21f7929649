"""What waits for staff: cities to choose from, dossiers with something late, texts to translate."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from content import workqueue
from nominations import schedule
from nominations.models import Dossier, SectionText


@workqueue.register
def queues(user) -> Iterator[workqueue.Queue]:
    if user.has_perm("nominations.send_dossier"):
        yield _interests()
        yield _in_work()
    if user.has_perm("nominations.change_sectiontext"):
        yield _translations()


def _interests() -> workqueue.Queue:
    number = Dossier.objects.filter(state=Dossier.State.INTEREST).count()
    return workqueue.Queue(
        title=_("Cities that ask for a nomination"),
        count=number,
        note=ngettext(
            "%(count)d city waits for an answer", "%(count)d cities wait for an answer", number
        )
        % {"count": number},
        url=reverse("admin:nominations_dossier_changelist") + "?state__exact=interest",
        link_text=_("Choose the cities"),
        is_hot=number > 0,
    )


def _in_work() -> workqueue.Queue:
    working = list(Dossier.objects.filter(state=Dossier.State.WRITING).with_material())
    late = sum(any(step.is_late for step in schedule.steps(one)) for one in working)
    return workqueue.Queue(
        title=_("Nomination dossiers in work"),
        count=len(working),
        note=_late_words(late),
        url=reverse("admin:nominations_dossier_changelist") + "?state__exact=writing",
        link_text=_("Open the dossiers"),
        is_hot=late > 0,
    )


def _late_words(late: int) -> str:
    if not late:
        return gettext("none is behind its steps")
    words = ngettext("%(count)d is behind its steps", "%(count)d are behind their steps", late)
    return words % {"count": late}


def _translations() -> workqueue.Queue:
    number = SectionText.objects.to_translate().count()
    return workqueue.Queue(
        title=_("Texts of dossiers to translate"),
        count=number,
        note=ngettext(
            "%(count)d text is empty in English or outdated",
            "%(count)d texts are empty in English or outdated",
            number,
        )
        % {"count": number},
        url=reverse("admin:nominations_sectiontext_changelist") + "?translation=open",
        link_text=_("Translate the texts"),
        is_hot=number > 0,
    )
