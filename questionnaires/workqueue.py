"""What waits for staff: questionnaires to check, inhabitants and zones that lack."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import workqueue
from questionnaires.models import Response

State = Response.State


def current() -> QuerySet[Response]:
    """Questionnaires of editions that are not sealed, but those left out."""
    return Response.objects.filter(edition__sealed_at__isnull=True).exclude(state=State.LEFT_OUT)


# Filter of the list of questionnaires -> its rows.
LISTS = {
    "to_check": lambda: current().filter(state=State.SUBMITTED),
    "inhabitants": lambda: current().filter(population=None),
    "zone": lambda: current().filter(is_guest=True, zone=None, edition__zones__isnull=False)
    .distinct(),
}  # fmt: skip


@workqueue.register
def queues(user):
    """One query for each list."""
    if not user.has_perm("questionnaires.change_response"):
        return
    yield _queue(
        "to_check", _("Questionnaires to check"), _("See the questionnaires"),
        lambda number: ngettext(
            "%(count)d questionnaire was sent and waits for the check",
            "%(count)d questionnaires were sent and wait for the check", number,
        ),
    )  # fmt: skip
    yield _queue(
        "inhabitants", _("Cities of a rating without inhabitants"), _("See the cities"),
        lambda number: ngettext(
            "%(count)d city has no number of inhabitants: no size class, nothing per inhabitant",
            "%(count)d cities have no number of inhabitants: no size class, nothing per inhabitant",
            number,
        ),
        is_hot=True,
    )  # fmt: skip
    yield _queue(
        "zone", _("Guests of a rating without a zone"), _("See the guests"),
        lambda number: ngettext(
            "of %(count)d guest nobody said where it comes from",
            "of %(count)d guests nobody said where they come from", number,
        ),
    )  # fmt: skip


def _queue(name: str, title, link_text, words, *, is_hot: bool = False) -> workqueue.Queue:
    number = LISTS[name]().count()
    return workqueue.Queue(
        title=title,
        count=number,
        note=words(number) % {"count": number},
        url=f"{reverse('admin:questionnaires_response_changelist')}?waits={name}",
        link_text=link_text,
        is_hot=is_hot and number > 0,
    )
