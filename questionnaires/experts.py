"""The experts of an edition: invited by e-mail, with their directions and their own city."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import invitations
from accounts.models import Role
from content import audit
from content.languages import in_language
from mailing import outbox
from mailing.cleaning import on_site
from members.models import Member
from questionnaires.models import Expert
from questionnaires.refusals import Refused
from ratings.models import Edition, IndicatorGroup


@transaction.atomic
def invite(
    edition: Edition, email: str, full_name: str, language: str, by: Any, *,
    home: Member | None = None, groups: Iterable[IndicatorGroup] = (),
) -> Expert:  # fmt: skip
    """Make somebody an expert and invite them; who signs in already is told by a letter.

    Raises Refused for somebody who checks this edition already, and for groups of another edition.
    """
    groups = list(groups)
    if any(one.edition_id != edition.pk for one in groups):
        raise Refused(_("Choose directions of this edition."))
    user, invitation = invitations.invite(email, full_name, language, Role.EXPERT, by)
    expert, is_new = Expert.objects.get_or_create(
        edition=edition, user=user, defaults={"home": home}
    )
    if not is_new:
        raise Refused(_("This person checks the edition already."))
    expert.groups.set(groups)
    audit.record("questionnaires.expert.invited", expert, by, f"{edition}: {user}")
    if invitation is None:
        _tell(expert)
    return expert


def _tell(expert: Expert) -> None:
    """Somebody who has an account already: where the answers are."""
    user = expert.user
    outbox.write(
        f"questionnaires.expert:{expert.pk}",
        user.email,
        user.language,
        "questionnaires/mail/expert",
        {
            "name": user.full_name,
            "title": lambda: in_language(expert.edition, "title")[0],
            "link": lambda: on_site(reverse("questionnaires:checking")),
            "reason": lambda: _("You receive this letter because you were asked to be an expert."),
        },
        user=user,
        about=expert.edition,
    )
