"""Letters to the cities whose places a correction moved: once for each revision."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_language
from events.contacts import contacts_of_members
from laureates.wording import place_words
from mailing import cleaning, outbox
from members.models import Member
from standings.models import Seal
from standings.moves import Moved


def tell(seal: Seal, moved: list[Moved]) -> int:
    """Write to the representatives of the cities that moved; leaves when the revision is public.

    Gives how many letters are new.
    """
    return outbox.write_many(_letters(seal, moved))


def _letters(seal: Seal, moved: list[Moved]) -> Iterator[outbox.Letter]:
    members = Member.objects.in_bulk({one.member for one in moved if one.member})
    readers = contacts_of_members(members.values())
    for one in moved:
        for user in readers.get(one.member, []):
            yield _letter(seal, one, user)


def _letter(seal: Seal, one: Moved, user) -> outbox.Letter:
    edition = seal.edition
    address = (edition.rating.slug, edition.slug)
    return outbox.Letter(
        occasion=f"standings.moved:{seal.pk}:{one.response}",
        email=user.email,
        language=user.language,
        template="standings/mail/moved",
        context={
            "name": lambda: user.full_name,
            "city": lambda: _city(one),
            "edition": lambda: in_language(edition, "title")[0],
            "before": lambda: _place(one.before),
            "after": lambda: _place(one.after),
            "why": lambda: in_language(seal, "reason")[0],
            "link": lambda: cleaning.on_site(reverse("standings:results", args=address)),
            "reason": lambda: _("You receive this letter because of your city’s questionnaire."),
        },
        user=user,
        about=seal,
        due_at=seal.published_at,
    )


def _city(one: Moved) -> str:
    names = (one.name_ru, one.name_en)
    first, second = names if (get_language() or "ru")[:2] == "ru" else reversed(names)
    return first or second


def _place(place: int | None) -> str:
    return place_words(place) if place else _("without a place")
