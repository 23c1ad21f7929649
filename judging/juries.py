"""The jury of a round: invited by e-mail, with the city and the bonds that keep works away."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import invitations
from accounts.models import Role, User
from awards.models import Category, Round
from content import audit
from content.languages import in_language
from judging import conflicts
from judging.models import Juror
from judging.refusals import Refused
from mailing import outbox
from mailing.cleaning import on_site
from members.models import Member


@dataclass(frozen=True)
class Seat:
    """What is asked of a juror: the own city, other bonds, what they judge."""

    home: Member | None = None
    home_text: str = ""
    conflicts: Iterable[Member] = ()
    position: str = ""
    languages: list[str] = field(default_factory=list)
    categories: Iterable[Category] = ()
    is_chair: bool = False


SEES_NAMES = gettext_lazy(
    "This person sees the names of authors in the secretariat: no blind juror."
)


def sees_names(user: User) -> bool:
    """Whether somebody reads in the admin whose works these are."""
    return user.has_perm("awards.view_author")


@transaction.atomic
def invite(round: Round, email: str, full_name: str, language: str, seat: Seat, by: Any) -> Juror:
    """Give somebody a seat in the jury and invite them; who signs in already is told by a letter.

    Raises Refused without a city, for somebody who sits in this jury (who left comes back), and
    for members of the secretariat who see whose works these are.
    """
    if seat.home is None and not seat.home_text.strip():
        raise Refused(_("Name the city of the juror: they never meet its works."))
    if seat.is_chair and Juror.objects.active().filter(round=round, is_chair=True).exists():
        raise Refused(_("The jury has a chair already."))
    conflicts.lock_stages(round)
    user, invitation = invitations.invite(email, full_name, language, Role.JUROR, by)
    if sees_names(user):
        raise Refused(SEES_NAMES)
    juror = Juror.objects.filter(round=round, user=user).first() or Juror(round=round, user=user)
    if juror.pk and juror.left_at is None:
        raise Refused(_("This person is in the jury already."))
    juror.left_at = None
    for name in ("home", "position", "languages", "is_chair"):
        setattr(juror, name, getattr(seat, name))
    juror.home_text = seat.home_text.strip()
    juror.save()
    juror.conflicts.set(seat.conflicts)
    juror.categories.set(seat.categories)
    conflicts.settle(round, by)
    audit.record("judging.juror.invited", juror, by, f"{round}: {user}")
    if invitation is None:
        _tell(juror)
    return juror


def _tell(juror: Juror) -> None:
    """Somebody who has an account already: where the works are."""
    user = juror.user
    outbox.write(
        f"judging.seat:{juror.pk}:{juror.joined_at:%Y%m%d%H%M}",
        user.email,
        user.language,
        "judging/mail/seat",
        {
            "name": user.full_name,
            "title": lambda: title_of(juror.round),
            "link": address,
            "reason": lambda: _("You receive this letter because you were asked to be a juror."),
        },
        user=user,
        about=juror.round,
    )


def title_of(round: Round) -> str:
    """ "Heritage of Eurasia: National Costume" in the active language."""
    return f"{in_language(round.award, 'title')[0]}: {in_language(round, 'title')[0]}"


def address() -> str:
    """The full address of the jurors' own pages, in the active language."""
    return on_site(reverse("judging:front"))
