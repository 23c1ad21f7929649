"""Until when entries come: by the round's clock, an entrant's longer deadline included.

Open means `opens_at <= now < closing`. Who sends asks inside the transaction, under the lock.
"""

import datetime
import zoneinfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Category, Entrant, Extension, Round
from content import timezones
from content.dates import day_text, local_day, moment_text, own_clock, time_text


def closing(round: Round, category: Category | None = None) -> datetime.datetime:
    """When entries close for everybody: of a category, else the latest moment of the round.

    Without a category it reads `round.categories.all()`: prefetch them for lists.
    """
    if category is not None:
        return category.closes_at or round.closes_at
    own = [one.closes_at or round.closes_at for one in round.categories.all()]
    return max(own, default=round.closes_at)


def closing_for(entrant: Entrant, category: Category | None = None) -> datetime.datetime:
    """When entries close for one entrant: its valid longer deadline counts where it is later."""
    usual = closing(entrant.round, category)
    extension = valid_extension(entrant)
    return max(usual, extension.until) if extension else usual


def valid_extension(entrant: Entrant) -> Extension | None:
    """The longer deadline of an entrant that nobody took back; its own time may be past."""
    return entrant.extensions.filter(ended_at=None).first()


def extensions_of(round: Round) -> QuerySet[Extension]:
    """All longer deadlines granted in a round, those taken back too: the protocol names them."""
    found = Extension.objects.filter(entrant__round=round)
    return found.select_related("entrant__member", "granted_by").order_by("granted_at", "pk")


def is_open(
    round: Round,
    now: datetime.datetime | None = None,
    category: Category | None = None,
    entrant: Entrant | None = None,
) -> bool:
    """Whether entries are taken at a moment: of a category, and of an entrant where they are given.

    A round that is not public takes none.
    """
    return not why_closed(round, now, category, entrant)


def why_closed(
    round: Round,
    now: datetime.datetime | None = None,
    category: Category | None = None,
    entrant: Entrant | None = None,
) -> str:
    """Why no entries are taken at a moment, as a sentence; empty while they are."""
    now = now or timezone.now()
    if not round.is_public(now):
        return _("The call is not public at present, so nothing can be sent.")
    if now < round.opens_at:
        return _("Entries are taken from %(moment)s.") % {"moment": in_words(round.opens_at, round)}
    until = closing_for(entrant, category) if entrant else closing(round, category)
    return closed_words(until, round) if now >= until else ""


def closed_words(moment: datetime.datetime, round: Round) -> str:
    """ "Entries closed at 23:59 Kazan time (31 March 2027) = 02:59 Bishkek time (1 April 2027)."

    The second clock is the reader's own, where it shows another hour.
    """
    words, own = _clock(moment, round.zone), timezones.reader_zone.get()
    if own and moment.astimezone(own).utcoffset() != moment.astimezone(round.zone).utcoffset():
        words = f"{words} = {_clock(moment, own)}"
    return _("Entries closed at %(clocks)s.") % {"clocks": words}


def _clock(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    clock = timezones.clock_words(zone)
    return f"{time_text(moment, zone)} {clock} ({day_text(local_day(moment, zone))})"


def in_words(moment: datetime.datetime, round: Round) -> str:
    """A moment by the clock of the round, then by the reader's own where it shows another hour."""
    words = moment_text(moment, round.zone)
    own = own_clock(moment, round.zone)
    return f"{words} · {own}" if own else words
