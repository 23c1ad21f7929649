"""Who takes part in an edition, as staff see it: every member of today, every city with answers.

A city takes part when it starts; until then it is in the list without a questionnaire.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from content.languages import in_language
from content.sortkeys import sort_key
from members.models import Country, Member
from questionnaires.models import Answer, Response
from questionnaires.taking_part import CITIES, Inhabitants, figures
from ratings.models import Edition, Indicator, SizeClass, Zone

State = Response.State
NOT_BEGUN = "none"
STATES = {NOT_BEGUN: pgettext_lazy("questionnaire", "not begun"), **dict(State.choices)}
BY_LETTER = "letter"


@dataclass(frozen=True)
class Line:
    """One city: its questionnaire, or None where it has not begun."""

    response: Response | None
    member: Member | None
    country: Country | None
    zone: Zone | None
    known: Inhabitants
    size_class: SizeClass | None
    answered: int
    questions: int

    @property
    def name(self) -> str:
        if self.response is not None:
            return self.response.name_in((get_language() or "ru")[:2])
        return in_language(self.member, "name")[0]

    @property
    def state(self) -> str:
        return self.response.state if self.response is not None else NOT_BEGUN

    @property
    def state_words(self) -> str:
        return str(STATES[self.state])

    @property
    def progress(self) -> str:
        """ "12 of 30"; empty where nothing was begun."""
        if self.response is None:
            return ""
        return _("%(answered)s of %(questions)s") % {
            "answered": self.answered, "questions": self.questions,
        }  # fmt: skip

    @property
    def is_guest(self) -> bool:
        return self.response is not None and self.response.is_guest

    @property
    def is_by_letter(self) -> bool:
        return self.response is not None and bool(self.response.letter_details)


def members_of_today() -> QuerySet[Member]:
    """Members of the association that may fill in a questionnaire."""
    return Member.objects.members().filter(kind__in=CITIES)


def lines(edition: Edition) -> list[Line]:
    """Everybody, in alphabetical order: seven queries, however many there are."""
    classes = list(edition.size_classes.all())
    questions = Indicator.objects.filter(edition=edition).count()
    responses = list(with_progress(edition))
    begun = {one.member_id for one in responses}
    others = list(members_of_today().exclude(pk__in=begun - {None}).select_related("country"))
    known = figures(edition, others)
    found = [_of_response(one, classes, questions) for one in responses]
    found += [_of_member(one, known[one.pk], classes, questions) for one in others]
    return sorted(found, key=lambda one: sort_key(one.name))


def with_progress(edition: Edition) -> QuerySet[Response]:
    """The questionnaires of an edition, each with `answered`: how many questions have an answer."""
    said = Q(answers__number__isnull=False) | Q(answers__is_unknown=True) | Q(answers__text__gt="")
    rows = Response.objects.filter(edition=edition).select_related(
        "edition", "member__country", "country", "zone"
    )
    return rows.annotate(answered=Count("answers", filter=said)).order_by("pk")


def progress(response: Response) -> tuple[int, int]:
    """How many questions of a questionnaire are answered, and how many there are: two queries."""
    rows = Answer.objects.filter(response=response)
    said = Q(number__isnull=False) | Q(is_unknown=True) | Q(text__gt="")
    return (
        rows.filter(said).count(),
        Indicator.objects.filter(edition=response.edition_id).count(),
    )


def _of_response(response: Response, classes: list[SizeClass], questions: int) -> Line:
    member = response.member
    known = Inhabitants(
        response.population, response.population_year, response.population_source
    )  # fmt: skip
    return Line(
        response=response, member=member,
        country=member.country if member is not None else response.country,
        zone=response.zone, known=known, size_class=response.size_class(classes),
        answered=response.answered, questions=questions,
    )  # fmt: skip


def _of_member(
    member: Member, known: Inhabitants, classes: list[SizeClass], questions: int
) -> Line:
    people = known.population
    held = next((one for one in classes if people is not None and one.holds(people)), None)
    return Line(None, member, member.country, None, known, held, 0, questions)


# What the list may be ordered by: names first, then everything the wrong way round where "-".
ORDERS: dict[str, Callable[[Line], Any]] = {
    "name": lambda one: sort_key(one.name),
    "state": lambda one: list(STATES).index(one.state),
    "progress": lambda one: one.answered,
    "inhabitants": lambda one: one.known.population or 0,
    "sent": lambda one: one.response.submitted_at.timestamp()
    if one.response is not None and one.response.submitted_at else 0,
}  # fmt: skip


def chosen(found: list[Line], asked: Mapping[str, str]) -> list[Line]:
    """Those that a filter asks for (`state`, `lacks`, `class`, `guests`), in the order it names.

    What it does not know, it passes over.
    """
    kept = [one for one in found if _fits(one, asked)]
    order = asked.get("order", "name")
    key = ORDERS.get(order.removeprefix("-"), ORDERS["name"])
    return sorted(kept, key=key, reverse=order.startswith("-"))


def _fits(line: Line, asked: Mapping[str, str]) -> bool:
    state, lacks = asked.get("state", ""), asked.get("lacks", "")
    size, who = asked.get("class", ""), asked.get("who", "")
    return (
        (state not in {*STATES, BY_LETTER} or _is_in(line, state))
        and (lacks != "inhabitants" or line.known.population is None)
        and (lacks != "zone" or (line.is_guest and line.zone is None))
        and (not size or (line.size_class is not None and line.size_class.code == size))
        and (who not in ("guests", "members") or line.is_guest == (who == "guests"))
    )


def _is_in(line: Line, state: str) -> bool:
    return line.is_by_letter if state == BY_LETTER else line.state == state


def counts(found: list[Line]) -> list[tuple[str, str, int]]:
    """Every state with its words and how many are in it."""
    return [
        (state, str(words), sum(one.state == state for one in found))
        for state, words in STATES.items()
    ]


HEADINGS = (
    gettext_lazy("city"),
    gettext_lazy("country"),
    pgettext_lazy("of a rating", "zone"),
    gettext_lazy("guest"),
    gettext_lazy("state"),
    gettext_lazy("answered"),
    gettext_lazy("questions"),
    gettext_lazy("inhabitants"),
    gettext_lazy("as of the year"),
    gettext_lazy("source of the number of inhabitants"),
    pgettext_lazy("of a rating", "size class"),
    pgettext_lazy("questionnaire", "sent"),
    gettext_lazy("by letter"),
    gettext_lazy("why it was left out"),
)


def table_row(line: Line) -> list[Any]:
    """A row of the table that staff take away; see `HEADINGS`."""
    response = line.response
    return [
        line.name,
        in_language(line.country, "name")[0] if line.country else "",
        str(line.zone or ""),
        line.is_guest,
        line.state_words,
        line.answered,
        line.questions,
        line.known.population,
        line.known.population_year,
        line.known.population_source,
        str(line.size_class or ""),
        response.submitted_at if response is not None else None,
        response.letter_details if response is not None else "",
        response.left_out_reason if response is not None else "",
    ]
