"""The letters about contributions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.models import Contribution
from content.languages import in_language
from mailing import cleaning, outbox
from members import mandates


def decision(found: Contribution, verb: str) -> None:
    """Tell the representatives of the city what the secretariat decided; once per version."""
    readers = mandates.answering_for([found.member_id]).get(found.member_id) or (
        [found.by] if found.by else []
    )
    for user in readers:
        outbox.write(
            f"consultations.{verb}:{found.pk}:{found.version}", user.email, user.language,
            "consultations/mail/decision", _context(found, verb, user), user=user, about=found,
        )  # fmt: skip


def _context(found: Contribution, verb: str, user) -> dict:
    address = ["consultations:contribute", [found.member.slug, found.call.slug]]
    return {
        "name": lambda: user.full_name,
        "title": lambda: in_language(found.call, "title")[0],
        "verb": verb,
        "remark": found.remark,
        "link": lambda: cleaning.on_site(reverse(address[0], args=address[1])),
        "reason": lambda: _("You receive this letter because your city contributes to this text."),
    }
