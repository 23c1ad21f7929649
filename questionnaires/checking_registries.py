"""Where the check is announced: after sign-in, in a cabinet, to the secretariat."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import landing
from content import workqueue
from content.languages import in_language
from members import attention
from members.attention import Attention
from questionnaires import queue
from questionnaires.asking import today
from questionnaires.checkers import PERMISSION, SENT, Checker, to_check
from questionnaires.models import Answer, Expert
from ratings.models import Edition


def _given(user) -> list[Checker]:
    """The editions that a person checks as an expert and whose results are not sealed."""
    rows = Expert.objects.filter(user=user, edition__sealed_at__isnull=True)
    return [
        Checker(one.edition, user)
        for one in rows.select_related("edition").order_by("edition")
        if one.edition.opened_at
    ]


@landing.register
def experts(user) -> str:
    """Experts who represent no city come to the pages of the check."""
    is_expert = Expert.objects.filter(user=user, edition__opened_at__isnull=False).exists()
    return reverse("questionnaires:checking") if is_expert else ""


@attention.register
def answers_to_check(_member, user) -> Iterator[Attention]:
    """A representative who is an expert, too: the answers of other cities that wait for them."""
    for checker in _given(user):
        waiting = checker.answers().filter(to_check(), check_state=Answer.Check.WAITING).count()
        if waiting:
            yield _task(checker.edition, waiting)


def _task(edition: Edition, number: int) -> Attention:
    words = ngettext(
        "%(number)s answer is to be checked.", "%(number)s answers are to be checked.", number
    )
    return Attention(
        title=_("Check of answers: %(title)s") % {"title": in_language(edition, "title")[0]},
        url=reverse("questionnaires:queue", args=[edition.pk]),
        action=_("Check the answers"),
        note=words % {"number": number},
    )


@workqueue.register
def queues(user) -> Iterator[workqueue.Queue]:
    """Of every edition that is not sealed: answers that wait, replies, questions without one."""
    if not user.has_perm(PERMISSION):
        return
    editions = Edition.objects.held().filter(sealed_at__isnull=True, responses__state__in=SENT)
    for edition in editions.distinct().order_by("pk"):
        yield from _of_edition(Checker(edition, user))


def _of_edition(checker: Checker) -> Iterator[workqueue.Queue]:
    title = {"title": in_language(checker.edition, "title")[0]}
    counted = checker.answers().aggregate(
        waiting=Count("pk", filter=to_check() & Q(check_state=Answer.Check.WAITING)),
        replied=Count("pk", filter=queue.replied()),
        overdue=Count("pk", filter=queue.overdue(today(checker.edition))),
    )
    names = {
        "waiting": _("Answers to check: %(title)s"),
        "replied": _("Replies of cities: %(title)s"),
        "overdue": _("Questions without a reply: %(title)s"),
    }
    for state, name in names.items():
        yield workqueue.Queue(
            title=name % title,
            count=counted[state],
            note=_note(state, counted[state]),
            url=f"{reverse('questionnaires:queue_all', args=[checker.edition.pk])}?state={state}",
            link_text=_("Open the answers"),
            is_hot=counted[state] > 0 and state != "waiting",
        )


def _note(state: str, number: int) -> str:
    words = {
        "waiting": ngettext("%(count)d answer waits", "%(count)d answers wait", number),
        "replied": ngettext(
            "%(count)d reply to read and decide on", "%(count)d replies to read and decide on",
            number,
        ),
        "overdue": ngettext(
            "%(count)d question, the day for the reply is over",
            "%(count)d questions, the day for the reply is over",
            number,
        ),
    }  # fmt: skip
    return words[state] % {"count": number}
