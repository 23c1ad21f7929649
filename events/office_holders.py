"""Who of a city holds an office or a seat on the day of an event: to fill a row of a delegation.

What is taken over is copied: it says the office of that day for good (S2-06).
"""

from dataclasses import dataclass

from content.dates import local_day
from content.languages import in_language, reading_order
from events.models import Event, Participant
from governance.models import Office, OfficeTerm, SeatFilling
from members.models import Member

Rank = Participant.Rank
RANKS = {
    Office.Kind.HEAD: Rank.HEAD_OF_CITY,
    Office.Kind.DEPUTY: Rank.DEPUTY_HEAD,
    Office.Kind.CHAIR_OF_ASSEMBLY: Rank.COUNCIL,
}
MOST = 20


@dataclass(frozen=True)
class Holder:
    """One person to choose: `key` names them in the form, `values` fill a row."""

    key: str
    words: str
    values: dict


def suggestions(event: Event, member: Member) -> list[Holder]:
    """Office-holders of the member first, then those who sit for it elsewhere; two queries."""
    day = local_day(event.starts_at, event.zone)
    terms = OfficeTerm.objects.on(day).filter(office__member=member)
    terms = terms.select_related("person", "office").order_by("office__order", "pk")[:MOST]
    found = {term.person_id: _of_office(term) for term in terms}
    fillings = SeatFilling.objects.counting(day).filter(term__member=member)
    for filling in fillings.select_related("person", "term__seat__body").order_by("pk")[:MOST]:
        found.setdefault(filling.person_id, _of_seat(filling))
    return list(found.values())


def _of_office(term: OfficeTerm) -> Holder:
    office = term.office
    return _holder(term.person, office.title_ru, office.title_en, RANKS.get(office.kind, Rank.NONE))


def _of_seat(filling: SeatFilling) -> Holder:
    body = filling.term.seat.body
    seat = filling.term.seat
    titles = [
        ", ".join(text for text in (in_language(seat, "title", code)[0],
                                    in_language(body, "name", code)[0]) if text)
        for code in ("ru", "en")
    ]  # fmt: skip
    return _holder(filling.person, *titles, Rank.NONE)


def _holder(person, title_ru: str | None, title_en: str | None, rank: int) -> Holder:
    values = {
        "name_cyrillic": person.full_name_ru or "",
        "name_latin": person.full_name_en or "",
        "position_ru": title_ru or "",
        "position_en": title_en or "",
        "rank": int(rank),
    }
    name = in_language(person, "full_name")[0]
    title = _readable(title_ru, title_en)
    return Holder(str(person.pk), f"{name}, {title}" if title else name, values)


def _readable(text_ru: str | None, text_en: str | None) -> str:
    """The one of two texts that the reader reads."""
    texts = {"ru": text_ru, "en": text_en}
    return next((texts[code] for code in reading_order() if texts.get(code)), "")
