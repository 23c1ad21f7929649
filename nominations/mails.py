"""Letters about dossiers: to those who answer for the city, and to the secretariat."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import roles
from content.languages import in_language
from mailing import cleaning, outbox
from members import mandates
from nominations.models import Dossier

OF_CITY = _("You receive this letter because you represent this city in the association.")
OF_STAFF = _("You receive this letter because you prepare nominations.")
SENDS = "nominations.send_dossier"
TRANSLATES = "nominations.change_sectiontext"


def words(dossier: Dossier) -> dict[str, object]:
    """What every letter says: city, honour, title of the nomination."""
    return {
        "city": lambda: in_language(dossier.member, "name", get_language())[0],
        "call": lambda: in_language(dossier.call, "title", get_language())[0],
        "title": lambda: in_language(dossier, "title", get_language())[0],
    }


def cabinet_link(dossier: Dossier) -> Callable[[], str]:
    """The page of the dossier in the cabinet of its city."""
    args = [dossier.member.slug, dossier.pk]
    return lambda: cleaning.on_site(reverse("nominations:dossier", args=args))


def desk_link(dossier: Dossier) -> Callable[[], str]:
    """The page of the dossier at the secretariat."""
    return lambda: cleaning.on_site(reverse("admin:nominations_dossier_desk", args=[dossier.pk]))


def tell_staff(dossier: Dossier) -> None:
    """Tell those who choose cities that one is interested."""
    for user in roles.staff_who_may(SENDS):
        outbox.write(
            f"nominations.interest:{dossier.pk}",
            user.email,
            user.language,
            "nominations/mail/interest",
            {**words(dossier), "name": user.full_name, "link": desk_link(dossier),
             "reason": OF_STAFF},
            user=user,
            about=dossier,
        )  # fmt: skip


def tell_decision(dossier: Dossier) -> None:
    """Tell the city whether it is nominated."""
    _to_city(
        dossier,
        f"nominations.decided:{dossier.pk}",
        "nominations/mail/decision",
        {
            "is_accepted": dossier.state == Dossier.State.WRITING,
            "refusal": dossier.refusal,
            "nominator": lambda: dossier.nominator_in(get_language()),
        },
    )


def ask_for_approval(dossier: Dossier) -> None:
    """Tell the city that the final text waits for its approval; once for each final text."""
    occasion = f"nominations.final:{dossier.pk}:{dossier.final_digest[:16]}"
    _to_city(dossier, occasion, "nominations/mail/final", {"pages": dossier.final_pages})


def tell_sent(dossier: Dossier) -> None:
    """Tell the city that its dossier is with the giver."""
    _to_city(dossier, f"nominations.sent:{dossier.pk}", "nominations/mail/sent", {})


def tell_outcome(dossier: Dossier) -> None:
    """Tell the city how it ended; of each result once."""
    occasion = f"nominations.outcome:{dossier.pk}:{dossier.outcome}"
    context = {"outcome": dossier.get_outcome_display}
    _to_city(dossier, occasion, "nominations/mail/outcome", context)


def _to_city(dossier: Dossier, occasion: str, template: str, context: dict) -> None:
    for user in mandates.answering_for([dossier.member_id]).get(dossier.member_id, []):
        outbox.write(
            occasion,
            user.email,
            user.language,
            template,
            {**words(dossier), **context, "name": user.full_name, "link": cabinet_link(dossier),
             "reason": OF_CITY},
            user=user,
            about=dossier,
        )  # fmt: skip


def translation_link(dossier: Dossier) -> Callable[[], str]:
    """The texts of the dossier that wait for a translator."""
    address = reverse("admin:nominations_sectiontext_changelist")
    return lambda: cleaning.on_site(f"{address}?dossier__id__exact={dossier.pk}")
