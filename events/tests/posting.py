"""The form of a delegation as a browser posts it, and the addresses of the cabinet."""

import uuid

from django.urls import reverse
from django.utils import translation

from events.forms import PREFIX
from events.models import Delegation
from events.registration import Person

THREE = [
    {"name_cyrillic": "Анна Ким", "name_latin": "Anna Kim", "email": "anna@example.org"},
    {"name_cyrillic": "Пётр Орлов", "position_ru": "Советник", "position_en": "Adviser"},
    {"name_latin": "Bob Lee", "email": "bob@example.org", "language": "en"},
]


def address(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def page_of(event, slug: str = "kazan", language: str = "en") -> str:
    return address("events:register", slug, event.slug, language=language)


def posted(*people: dict, head: int | None = None, **whole) -> dict:
    """The form as a browser posts it: rows from 0, a fresh key."""
    data = {
        f"{PREFIX}-TOTAL_FORMS": len(people),
        f"{PREFIX}-INITIAL_FORMS": 0,
        "form_key": str(uuid.uuid4()),
        "note": "",
        **whole,
    }
    for number, person in enumerate(people):
        for name, value in {"language": "ru", "order": number + 1, **person}.items():
            data[f"{PREFIX}-{number}-{name}"] = value
    if head is not None:
        data[f"{PREFIX}-head"] = f"{PREFIX}-{head}"
    return data


def stored(delegation: Delegation) -> list[dict]:
    """The rows as the form shows them for a delegation that is registered."""
    return [
        {"pk": row.pk, **{name: getattr(row, name) or "" for name in Person.FIELDS}}
        for row in delegation.participants.active()
    ]


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def states(delegation: Delegation) -> list[str]:
    """The states of its people, in the delegation's order."""
    return list(delegation.participants.values_list("status", flat=True))


def named(delegation: Delegation) -> list[Person]:
    """The delegation as its form would post it back unchanged."""
    return [
        Person(
            pk=row.pk,
            is_head=row.is_head,
            **{name: getattr(row, name) or "" for name in Person.FIELDS},
        )
        for row in delegation.participants.active()
    ]
