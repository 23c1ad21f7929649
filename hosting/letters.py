"""The letter that tells a city how its bid ended."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_language
from hosting.models import Bid
from mailing import cleaning, outbox
from members import mandates


def outcome(bid: Bid) -> None:
    """Tell those who answer for the member; whoever sent the bid where nobody does."""
    readers = mandates.answering_for([bid.member_id]).get(bid.member_id) or [bid.sent_by]
    for user in readers:
        outbox.write(
            f"hosting.outcome:{bid.pk}",
            user.email,
            user.language,
            "hosting/mail/outcome",
            {
                "name": lambda user=user: user.full_name,
                "title": lambda: in_language(bid.call, "title")[0],
                "city": lambda: in_language(bid.member, "name", get_language())[0],
                "is_chosen": bid.state == Bid.State.CHOSEN,
                "outcome": lambda: in_language(bid.call, "outcome")[0],
                "link": lambda: cleaning.on_site(reverse("hosting:call", args=[bid.call.slug])),
                "reason": lambda: _("You receive this letter because your city sent a bid."),
            },
            user=user,
            about=bid.call,
        )
