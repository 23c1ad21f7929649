"""How an honour, a place, a prize and a year are said to the public, in both languages."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from content.dates import grouped
from content.languages import in_language
from dues.money import NO_BREAK, number_text
from laureates.models import Laureate

Honour = Laureate.Honour


def honour_words(laureate: Laureate, sharing: int = 1) -> str:
    """ "First-degree diploma" as it was given, else "1st place", "2nd–3rd places, shared".

    sharing: how many laureates of the same list have this place.
    """
    given = in_language(laureate, "honour_text")[0]
    if laureate.honour == Honour.PLACE:
        place = place_words(laureate.place, sharing)
        return f"{place}: {given}" if given else place
    return capfirst(given or laureate.get_honour_display())


def place_words(place: int, sharing: int = 1) -> str:
    """A place in words: "1st place"; of two equal seconds "2nd–3rd places, shared"."""
    if sharing < 2:
        return _("%(place)s place") % {"place": ordinal(place)}
    span = {"first": ordinal(place), "last": ordinal(place + sharing - 1)}
    return _("%(first)s–%(last)s places, shared") % span


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th; in Russian the bare number, whose ending the sentence gives."""
    if (get_language() or "ru")[:2] == "ru":
        return str(number)
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def year_words(laureate: Laureate) -> str:
    """ "2020"; where no source states the year, it says so."""
    return str(laureate.year) if laureate.year else _("year not stated")


def prize_words(laureate: Laureate) -> str:
    """ "10,000 US dollars"; "10 000 долларов США"; empty without a prize."""
    if laureate.prize_amount is None:
        return ""
    return money_words(laureate.prize_amount, laureate.prize_currency)


def money_words(amount: Decimal, currency: str) -> str:
    """An amount with the name of its currency; one that we have no name for keeps its code."""
    is_whole = amount == amount.to_integral_value()
    number = grouped(int(amount)) if is_whole else number_text(amount)
    # "1,5 доллара", "1.5 dollars": a fraction takes the form of two.
    count = int(amount) if is_whole else 2
    names = {
        "USD": ngettext("%(amount)s US dollar", "%(amount)s US dollars", count),
        "EUR": ngettext("%(amount)s euro", "%(amount)s euros", count),
        "RUB": ngettext("%(amount)s rouble", "%(amount)s roubles", count),
        "KZT": ngettext("%(amount)s tenge", "%(amount)s tenge", count),
    }
    pattern = names.get(currency, f"%(amount)s {currency}")
    return (pattern % {"amount": number}).replace(" ", NO_BREAK)


def category_words(laureate: Laureate) -> tuple[str, str]:
    """In which category, and the language of the words; empty where there is none."""
    if laureate.category_id:
        return in_language(laureate.category, "title")
    return in_language(laureate, "category_text")


def results_of_words(laureate: Laureate) -> str:
    """ "following the results of 2016": only where that is another year than the award's."""
    if laureate.results_of_year in (None, laureate.year):
        return ""
    return pgettext("laureate", "following the results of %(year)s") % {
        "year": laureate.results_of_year
    }
