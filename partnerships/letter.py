"""The letter on an anniversary, drafted for the head of a city: one PDF in one language."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dated, documents
from content.dated import Precision
from content.dates import day_text, partial_text
from content.languages import in_language
from governance.offices import head_on
from members.models import Member
from partnerships.anniversaries import Anniversary

TEMPLATE = "partnerships/pdf/anniversary.typ"


def draft(anniversary: Anniversary, to: Member, language: str) -> bytes:
    """The letter to the head of `to` in "ru" or "en". The dative is never guessed: without it the
    letter is addressed to the head of the city by the office alone."""
    with translation.override(language):
        data = _data(anniversary, to, language)
    return documents.pdf(TEMPLATE, data, title=data["subject"], language=language)


def _data(anniversary: Anniversary, to: Member, language: str) -> dict:
    pair = anniversary.partnership
    names = {
        "city": in_language(to, "name", language)[0],
        "other": in_language(pair.other(to), "name", language)[0],
        "years": anniversary.years,
    }
    return {
        "day": day_text(dated.today(), language),
        "addressee": _addressee(to, language),
        "salutation": _salutation(to, language),
        "subject": _("%(city)s and %(other)s: anniversary of the agreement") % names,
        "paragraphs": [
            _opening(anniversary, language) % (names | {"when": _when(anniversary, language)}),
            _("The association congratulates both cities and thanks everybody who keeps the ties "
              "alive: schools, museums, enterprises and the people of both cities."),
            _("If you plan a meeting, an exhibition or a joint declaration, we gladly announce it "
              "on the portal and help with the preparation."),
        ],
        "closing": _("Yours sincerely,"),
        "signature": _("Secretary General"),
        "draft": _("Draft: to be read and signed by the secretariat."),
    }  # fmt: skip


def _opening(anniversary: Anniversary, language: str) -> str:
    if anniversary.precision == Precision.YEAR:
        return ngettext(
            "In %(when)s the agreement between %(city)s and %(other)s becomes %(years)d year old.",
            "In %(when)s the agreement between %(city)s and %(other)s becomes %(years)d years old.",
            anniversary.years,
        )
    return ngettext(
        "The agreement between %(city)s and %(other)s becomes %(years)d year old: %(when)s.",
        "The agreement between %(city)s and %(other)s becomes %(years)d years old: %(when)s.",
        anniversary.years,
    )


def _when(anniversary: Anniversary, language: str) -> str:
    return partial_text(anniversary.day, anniversary.precision, language)


def _head(to: Member):
    term = head_on(to, dated.today())
    return term.person if term else None


def _addressee(to: Member, language: str) -> list[str]:
    """Office and name as the language needs them; in Russian only where the dative is on record."""
    term = head_on(to, dated.today())
    city = in_language(to, "name", language)[0]
    if term is None:
        return [_("To the head of the city"), city]
    if language == "ru":
        office, name = term.office.title_dative, term.person.name_dative
        return [office or _("To the head of the city"), name or city]
    return [in_language(term.office, "title", language)[0],
            in_language(term.person, "full_name", language)[0], city]  # fmt: skip


def _salutation(to: Member, language: str) -> str:
    person = _head(to)
    given = in_language(person, "salutation", language) if person else ("", language)
    return given[0] if given[0] and given[1] == language else _("Dear colleagues,")
