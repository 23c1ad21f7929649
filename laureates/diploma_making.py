"""The diplomas of a round, made in one step: for laureates, participants, teachers, institutions.

What is made is a proposal, stored word by word: staff read it, change it, and a second person
approves it. Names stand in the nominative, which «награждается» takes; no case is guessed.
"""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, npgettext, pgettext

from awards import consents
from awards.models import Author, Entry, Round
from content import audit
from content.dated import Precision, today
from content.languages import LANGUAGE_CODES, in_language
from laureates import listing, wording
from laureates.models import Diploma, Laureate
from members.models import Member

To = Diploma.To
# The letters in the numbers of those that belong to no category.
SERIES = {To.PARTICIPANT: "P", To.TEACHER: "T", To.INSTITUTION: "S"}
NO_CATEGORY = "D"
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Made:
    """How many diplomas were made, and how many were there already."""

    new: int
    earlier: int


@transaction.atomic
def make(round: Round, to: str, by) -> Made:
    """Make the diplomas of one sort that a round still lacks; those that exist stay as they are.

    Works without the consents they need have none.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("event").get(pk=round.pk)
    consents.hold(round)
    proposed = list(_MAKERS[to](round))
    known = set(round.diplomas.filter(to=to).values_list("source", flat=True))
    new = [diploma for diploma in proposed if diploma.source not in known]
    for diploma in new:
        diploma.round, diploma.to, diploma.year = round, to, round.year
        diploma.presented_on = _day(diploma.laureate, round)
        diploma.version = 1
    Diploma.objects.bulk_create(new)
    if new:
        audit.record("diplomas.made", round, by, f"{to}: {len(new)}")
    return Made(len(new), len(proposed) - len(new))


def _day(laureate: Laureate | None, round: Round) -> datetime.date:
    """The day of the ceremony, else today's: what a diploma bears until staff say otherwise."""
    if laureate and laureate.presented_on and laureate.presented_precision == Precision.DAY:
        return laureate.presented_on
    event = (laureate and laureate.event) or round.event
    return event.starts_at.astimezone(event.zone).date() if event else today()


def _of_laureates(round: Round) -> Iterator[Diploma]:
    related = ("award", "category", "entry", "member", "event")
    rows = round.laureates.select_related(*related).in_order()
    admitted = set(Entry.objects.filter(round=round).admitted().values_list("pk", flat=True))
    for laureate in rows:
        if laureate.entry_id and laureate.entry_id not in admitted:
            continue
        for author in _authors(laureate.entry, round):
            yield _of_laureate(laureate, author)


def _of_laureate(laureate: Laureate, author: Author | None) -> Diploma:
    entry, category = laureate.entry, laureate.category
    diploma = Diploma(
        laureate=laureate,
        entry=entry,
        author=author,
        series=category.code if category else NO_CATEGORY,
        source=f"laureate:{laureate.pk}" + (f":{author.pk}" if author else ""),
        is_personal=author is not None or laureate.kind == "person",
        city=laureate.member or (entry.home if entry else None),
        city_text=entry.home_text if entry else "",
    )
    with_words(diploma, laureate, author)
    return diploma


def with_words(diploma: Diploma, laureate: Laureate, author: Author | None = None) -> Diploma:
    """Fill in what a laureate's diploma says, from the honour; unsaved."""
    for code in LANGUAGE_CODES:
        with translation.override(code):
            holder = (
                _child(author, code) if author
                else _city_or_title(laureate.member, laureate.kind, in_language(
                    laureate, "title", code)[0])
            )  # fmt: skip
            _say(diploma, code, holder, sentence_of_laureate(laureate, code))
            setattr(diploma, f"honour_{code}", honour_on_paper(laureate)[:300])
            setattr(diploma, f"class_{code}", wording.category_words(laureate)[0][:300])
    return diploma


def honour_on_paper(laureate: Laureate) -> str:
    """The honour as a diploma prints it; equal places are said as such: "2nd–3rd places"."""
    kept = Laureate.objects.exclude(status=Laureate.Status.WITHDRAWN)
    sharing = listing.sharing_of(laureate, kept)
    if laureate.honour != Laureate.Honour.PLACE or sharing < 2:
        return wording.honour_words(laureate)
    first, last = laureate.place, laureate.place + sharing - 1
    return gettext("%(first)s–%(last)s places") % {
        "first": wording.ordinal(first), "last": wording.ordinal(last),
    }  # fmt: skip


def sentence_of_laureate(laureate: Laureate, code: str) -> str:
    """The citation where the jury wrote one, else the honour with category and award."""
    own, language = in_language(laureate, "citation", code)
    if own and language == code:
        return own
    category = wording.category_words(laureate)[0]
    words = {
        "honour": honour_on_paper(laureate),
        "category": category,
        "award": in_language(laureate.award, "title", code)[0],
        "year": wording.year_words(laureate),
    }
    if category:
        return gettext("%(honour)s in the category “%(category)s”: %(award)s, %(year)s") % words
    return gettext("%(honour)s: %(award)s, %(year)s") % words


def _of_participants(round: Round) -> Iterator[Diploma]:
    laureates = Laureate.objects.filter(round=round, entry__isnull=False).values("entry")
    for entry in _admitted(round).exclude(pk__in=laureates):
        for author in _authors(entry, round):
            diploma = Diploma(
                entry=entry, author=author, series=SERIES[To.PARTICIPANT],
                source=f"author:{author.pk}" if author else f"entry:{entry.pk}",
                is_personal=author is not None or entry.entrant.kind == "person",
                city=entry.home, city_text=entry.home_text,
            )  # fmt: skip
            for code in LANGUAGE_CODES:
                with translation.override(code):
                    holder = _child(author, code) if author else _entrant(entry, code)
                    _say(diploma, code, holder, _for_taking_part(entry, code))
                    setattr(diploma, f"honour_{code}", pgettext("diploma", "Participant"))
                    setattr(diploma, f"class_{code}", _category(entry, code))
            yield diploma


def _of_teachers(round: Round) -> Iterator[Diploma]:
    yield from _of_names(round, To.TEACHER, "teacher", is_personal=True)


def _of_institutions(round: Round) -> Iterator[Diploma]:
    yield from _of_names(round, To.INSTITUTION, "institution", is_personal=False)


def _of_names(round: Round, to: str, field: str, *, is_personal: bool) -> Iterator[Diploma]:
    """One diploma for every name that stands with the works, however often it stands there."""
    seen = set()
    for entry in _admitted(round).prefetch_related("authors"):
        for author in entry.authors.all():
            names = [getattr(author, f"{field}_{code}").strip() for code in LANGUAGE_CODES]
            source = source_of(to, names, entry)
            if len(max(names, key=len)) < SHORTEST_NAME or source in seen:
                continue
            seen.add(source)
            diploma = Diploma(
                entry=entry, series=SERIES[to], source=source, is_personal=is_personal,
                city=entry.home, city_text=entry.home_text,
            )  # fmt: skip
            for code, name in zip(LANGUAGE_CODES, names, strict=True):
                with translation.override(code):
                    _say(diploma, code, name, _for_preparing(round, code))
                    setattr(diploma, f"honour_{code}", str(To(to).label).capitalize())
            yield diploma


def source_of(to: str, names: Iterable[str], entry: Entry) -> str:
    """What makes two names the same holder: the name itself and the city, folded; as a digest."""
    name = next((one for one in names if one), "")
    place = str(entry.home_id or entry.home_text)
    folded = " ".join(f"{name} {place}".casefold().replace("ё", "е").split())
    return f"{to}:{hashlib.blake2b(folded.encode(), digest_size=12).hexdigest()}"


def _admitted(round: Round):
    rows = Entry.objects.filter(round=round).admitted()
    related = ("round__award", "category", "entrant__member", "home", "nominee_member")
    return rows.select_related(*related).order_by("pk")


def _authors(entry: Entry | None, round: Round) -> list[Author | None]:
    """A diploma for every child; [None]: one for whoever entered."""
    if entry is None or not round.is_for_children:
        return [None]
    return list(entry.authors.order_by("pk")) or [None]


def _say(diploma: Diploma, code: str, holder: str, sentence: str) -> None:
    setattr(diploma, f"heading_{code}", gettext("Diploma"))
    setattr(diploma, f"lead_{code}", pgettext("diploma, before the name", "is awarded to"))
    setattr(diploma, f"holder_{code}", holder[:300])
    setattr(diploma, f"wording_{code}", sentence[:1000])


def _child(author: Author, code: str) -> str:
    """Given name and family name with the age, in the language or else as they are."""
    other = next(one for one in LANGUAGE_CODES if one != code)
    names = []
    for part in ("given_name", "family_name"):
        own = getattr(author, f"{part}_{code}") or getattr(author, f"{part}_{other}")
        names.append(own)
    name = " ".join(one for one in names if one)
    if author.age is None:
        return name
    return npgettext("child", "%(name)s, aged %(age)d", "%(name)s, aged %(age)d", author.age) % {
        "name": name, "age": author.age,
    }  # fmt: skip


def _category(entry: Entry, code: str) -> str:
    return in_language(entry.category, "title", code)[0] if entry.category else ""


def _entrant(entry: Entry, code: str) -> str:
    member = entry.nominee_member or entry.entrant.member
    nominee = getattr(entry, f"nominee_{code}") or entry.nominee_ru or entry.nominee_en
    return _city_or_title(member, "member", nominee or entry.entrant.name_in(code))


def _city_or_title(member: Member | None, kind: str, title: str) -> str:
    """ "the city of Bishkek", «город Бишкек»: the noun spares the name a case."""
    is_city = member is not None and member.kind in (Member.Kind.CITY, Member.Kind.METROPOLIS)
    names = {member.name_ru, member.name_en} if member else set()
    if kind in ("member", "city") and is_city and title in names:
        return pgettext("holder of a diploma", "the city of %(name)s") % {"name": title}
    return title


def _for_taking_part(entry: Entry, code: str) -> str:
    return gettext("for taking part with the work “%(work)s”: %(award)s, %(year)s") % {
        "work": entry.title_in(code), **_of_round(entry.round, code),
    }  # fmt: skip


def _for_preparing(round: Round, code: str) -> str:
    return gettext("for preparing young participants: %(award)s, %(year)s") % _of_round(round, code)


def _of_round(round: Round, code: str) -> dict[str, str]:
    return {"award": in_language(round.award, "title", code)[0], "year": str(round.year)}


_MAKERS = {
    To.LAUREATE: _of_laureates,
    To.PARTICIPANT: _of_participants,
    To.TEACHER: _of_teachers,
    To.INSTITUTION: _of_institutions,
}
