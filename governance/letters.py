"""The President's letter that asks a member to name a new delegate, drafted as PDF for staff."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from content import documents
from content.dated import Precision, today
from content.dates import day_text, partial_text
from content.languages import in_language
from governance import offices, vacancies
from governance.models import Office, OfficeTerm, SeatTerm
from mailing import cleaning


def request_letter(term: SeatTerm, day: datetime.date | None = None) -> bytes:
    """The letter in Russian and English, as PDF; the seat has to belong to a member."""
    day = day or today()
    data = letter_data(term, day)
    title = data["texts"]["ru"]["title"]
    return documents.pdf("governance/pdf/request.typ", data, title=title, language="ru", day=day)


def letter_data(term: SeatTerm, day: datetime.date) -> dict[str, Any]:
    """What the letter says in each language: `texts`, and the Russian words `to` whom.

    The cases of names and titles are the stored ones; where one is missing the line is left out.
    """
    head = offices.head_on(term.member, day)
    found = next((one for one in vacancies.vacancies(day, [term.member])
                  if one.term.pk == term.pk), None)  # fmt: skip
    texts = {}
    for code in ("ru", "en"):
        with translation.override(code):
            texts[code] = _words(term, found, head, day)
    return {"texts": texts}


def _words(term: SeatTerm, found, head: OfficeTerm | None, day: datetime.date) -> dict[str, Any]:
    language = translation.get_language()
    names = {
        "city": in_language(term.member, "name")[0],
        "body": in_language(term.seat.body, "name")[0],
        "seat": in_language(term.seat, "title")[0],
    }
    return {
        "title": _("On the delegate to a seat: %(body)s") % names,
        "date": day_text(day),
        "to": _addressee(head, language) + [names["city"]],
        "greeting": (in_language(head.person, "salutation")[0] if head else "")
        or _("Dear colleagues,"),
        "paragraphs": [
            _("The member %(city)s holds a seat in the body “%(body)s”: %(seat)s.") % names,
            *_what_happened(found, language),
            _("The seat stays with the member. Please name who will sit there from now on."),
            _("The lead representative does so in the cabinet: %(address)s")
            % {"address": _cabinet_address(term)},
        ],
        "signature": _signature(day),
    }


def _addressee(head: OfficeTerm | None, language: str) -> list[str]:
    """To whom: in Russian only by the stored datives."""
    if head is None:
        return []
    if language == "ru":
        return [part for part in (head.office.title_dative, head.person.name_dative) if part]
    return [in_language(head.person, "full_name")[0], in_language(head.office, "title")[0]]


def _what_happened(found, language: str) -> list[str]:
    """Whose term ended and when, where somebody sat there before."""
    if found is None or found.last is None:
        return []
    day, precision = found.last.end
    when = {"day": partial_text(day, precision)}
    is_to_the_day = precision == Precision.DAY
    person = found.last.person
    name = person.name_genitive if language == "ru" else in_language(person, "full_name")[0]
    if not name and is_to_the_day:
        return [_("The term of the delegate ended on %(day)s.") % when]
    if not name:
        return [_("The term of the delegate is over (%(day)s).") % when]
    if is_to_the_day:
        return [_("The term of %(name)s ended on %(day)s.") % {"name": name, **when}]
    return [_("The term of %(name)s is over (%(day)s).") % {"name": name, **when}]


def _signature(day: datetime.date) -> dict[str, str]:
    """Who signs: the President of the association on that day."""
    terms = OfficeTerm.objects.on(day).filter(
        office__organisation__is_own=True, office__kind=Office.Kind.PRESIDENT
    )
    term = terms.select_related("office", "person").first()
    return {
        "office": in_language(term.office, "title")[0] if term else _("President"),
        "name": in_language(term.person, "full_name")[0] if term else "",
    }


def _cabinet_address(term: SeatTerm) -> str:
    return cleaning.on_site(reverse("governance:propose", args=[term.member.slug, term.pk]))
