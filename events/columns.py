"""Columns about participants: what tables on the screen and exported ones may show.

A column answers for many participants at once, so that a table of ten thousand takes as many
queries as one of ten. Apps above add theirs with `register`: questions, travel, check-ins.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content.languages import in_language
from events.models import Event, Participant
from partnerships.sides import country_names

# For participants (with delegation and member loaded) and a language: {pk: value}. Who is not
# in it has an empty cell. One or a few queries for all of them, never one for each.
Values = Callable[[Sequence[Participant], str], dict[int, Any]]


@dataclass(frozen=True)
class Column:
    """One column. `code` is unique in a table; `permission`: what a reader of it needs besides."""

    code: str
    heading: Any
    values: Values
    permission: str = ""

    @property
    def is_sensitive(self) -> bool:
        return bool(self.permission)


Provider = Callable[[Event], Iterable[Column]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Register a function that gives the further columns of an event."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def columns_of(event: Event, user: Any) -> list[Column]:
    """All columns of an event that this person may read."""
    given = [*BUILT_IN, *(column for provider in _providers for column in provider(event))]
    return [column for column in given if not column.permission or user.has_perm(column.permission)]


def rows(
    columns: Sequence[Column], people: Sequence[Participant], language: str
) -> list[list[Any]]:
    """The cells of these participants, in the order of the columns."""
    with translation.override(language):
        found = [column.values(people, language) for column in columns]
    return [[values.get(person.pk, "") for values in found] for person in people]


def each(value: Callable[[Participant, str], Any]) -> Values:
    """A column whose value is read from the loaded participant."""
    return lambda people, language: {person.pk: value(person, language) for person in people}


def loaded(people: Any) -> Any:
    """A QuerySet of participants with what the built-in columns read: three queries in all."""
    return people.select_related(
        "event", "delegation__event", "delegation__member__country"
    ).prefetch_related("delegation__member__names")


def country_code(person: Participant) -> str:
    """The ISO code of the country a participant comes from."""
    member = person.delegation.member
    return member.country.code if member else person.delegation.guest_country


def country_of(person: Participant, language: str) -> str:
    """The name of that country in a language."""
    member = person.delegation.member
    if member:
        return in_language(member.country, "name", language)[0]
    code = person.delegation.guest_country
    return country_names(language).get(code, code)


BUILT_IN = [
    Column(
        "name_cyrillic", _("name in Cyrillic letters"), each(lambda one, _to: one.name_cyrillic)
    ),
    Column("name_latin", _("name in Latin letters"), each(lambda one, _to: one.name_latin)),
    Column("position_ru", _("position in Russian"), each(lambda one, _to: one.position_ru or "")),
    Column("position_en", _("position in English"), each(lambda one, _to: one.position_en or "")),
    Column("delegation", _("delegation"), each(lambda one, to: one.delegation.sender_in(to))),
    Column("country", _("country"), each(country_of)),
    Column("head", _("head of the delegation"), each(lambda one, _to: one.is_head)),
    Column("state", _("state"), each(lambda one, _to: one.get_status_display())),
    Column("mode", _("in person or online"), each(lambda one, _to: one.get_mode_display())),
    Column("rank", _("rank of the office"), each(lambda one, _to: one.get_rank_display())),
    Column("email", _("e-mail"), each(lambda one, _to: one.email)),
    Column("language", _("language of mails"), each(lambda one, _to: one.get_language_display())),
]
