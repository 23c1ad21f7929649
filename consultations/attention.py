"""What a representative should do next: comment on a draft, send a contribution."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Call, Consultation, Contribution
from content.languages import in_language
from members import attention
from members.attention import Attention


@attention.register
def texts(member, user) -> Iterator[Attention]:
    """Open drafts without a comment of the city, open calls without its contribution. Two queries,
    three where something was sent back."""
    commented = member.pk
    for draft in Consultation.objects.open().exclude(comments__member=commented):
        yield Attention(
            title=_("Comment on the draft: %s") % in_language(draft, "title")[0],
            url=reverse("consultations:comment", args=[member.slug, draft.slug]),
            action=_("Read the draft"),
            deadline=draft.closes_at,
        )
    done = Contribution.objects.usable().filter(member=member).values("call")
    for call in Call.objects.open().exclude(pk__in=done):
        yield _of_call(member, call, call.closes_at)


@attention.register
def returned(member, user) -> Iterator[Attention]:
    """Contributions that the secretariat sent back after the call had closed. One query."""
    open_calls = Call.objects.open().values("pk")
    sent_back = Contribution.objects.filter(member=member, status=Contribution.Status.RETURNED)
    for found in sent_back.exclude(call__in=open_calls).select_related("call"):
        yield _of_call(member, found.call, None)


def _of_call(member, call: Call, deadline) -> Attention:
    return Attention(
        title=_("Contribute to the report: %s") % in_language(call, "title")[0],
        url=reverse("consultations:contribute", args=[member.slug, call.slug]),
        action=_("Write the contribution"),
        deadline=deadline,
    )
