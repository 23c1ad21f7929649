"""What became of an event: on its public page, on the page of a place, in the cabinet."""

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from attendance import certificate_letters, certificates
from attendance.models import NewsDraft
from content.languages import in_language
from events.models import Delegation, Event, Participant
from library import listing
from library.models import Publication
from library.sources import without_language
from meetings.models import Decision

register = template.Library()


@register.inclusion_tag("attendance/includes/after.html")
def after_event(event: Event) -> dict:
    """Decisions, publications, news and who took part; empty before the event and when cancelled.

    A fixed number of queries.
    """
    if event.is_cancelled or event.starts_at > timezone.now():
        return {}
    paths = [without_language(event.get_absolute_url())]
    meeting = event.meeting if event.meeting_id and event.meeting.is_public() else None
    if meeting:
        paths.append(without_language(meeting.get_absolute_url()))
    published = Publication.objects.published().filter(source_path__in=paths).with_files()
    draft = NewsDraft.objects.filter(event=event).select_related("article").first()
    return {
        "event": event,
        "decisions": list(Decision.objects.filter(meeting=meeting)) if meeting else [],
        "publications": listing.rows(published),
        "article": draft.article if draft and draft.article.is_public() else None,
        "shows_participants": event.shows_participants,
    }


@register.inclusion_tag("attendance/includes/certificates.html")
def certificate_of_place(person: Participant) -> dict:
    """The certificate that the link of a place opens."""
    document = certificates.current(person)
    url = certificate_letters.place_address(person) if document else ""
    return {"rows": [{"document": document, "url": url}] if document else []}


@register.inclusion_tag("attendance/includes/certificates.html")
def certificates_of(delegation: Delegation | None) -> dict:
    """The certificates of the people of a delegation, for its page in the cabinet: two queries."""
    if delegation is None or delegation.member_id is None:
        return {"rows": []}
    people = list(delegation.participants.select_related("event", "delegation__member"))
    given = certificates.numbers(people)
    rows = [
        {
            "document": given[person.pk],
            "url": certificate_letters.cabinet_address(person),
            "holder": in_language(given[person.pk], "holder", get_language())[0],
        }
        for person in people
        if person.pk in given
    ]
    return {"rows": rows}
