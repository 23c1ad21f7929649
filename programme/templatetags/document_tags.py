"""Papers of an event on the pages of the floors below."""

from collections.abc import Iterable, Iterator

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from content.languages import in_language
from events import placelinks
from events.models import Event, Participant
from programme.documents import with_content
from programme.models import EventDocument

register = template.Library()
PIECE = "programme/includes/documents.html"


@register.inclusion_tag(PIECE)
def documents_of(event: Event) -> dict:
    """The papers of an event that anybody may read: for its public page, one query."""
    found = with_content(EventDocument.objects.public().filter(event=event))
    return {"rows": list(_rows(found)), "id": "papers"}


@register.inclusion_tag(PIECE)
def documents_for(event: Event, user) -> dict:
    """The papers of an event that this signed-in person may read: for the cabinet."""
    found = with_content(EventDocument.objects.for_user(user).filter(event=event))
    return {"rows": list(_rows(found, show_access=True)), "id": "papers"}


@register.inclusion_tag(PIECE)
def documents_of_place(person: Participant) -> dict:
    """The papers that the link of a participant's place opens."""
    token = placelinks.token(person)
    found = with_content(EventDocument.objects.for_participant(person))
    return {"rows": list(_rows(found, token, show_access=True)), "id": "papers"}


def _rows(
    documents: Iterable[EventDocument], token: str = "", *, show_access: bool = False
) -> Iterator[dict]:
    for one in documents:
        title, language = in_language(one, "title")
        yield {
            "document": one,
            "title": title,
            "lang": language if language != get_language() else "",
            "url": reverse("programme:place_document", args=[token, one.pk])
            if token
            else one.get_absolute_url(),
            "session": one.session,
            "show_access": show_access,
        }
