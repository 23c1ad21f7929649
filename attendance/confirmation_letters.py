"""The letter that confirms a delegation: on the letterhead, in both languages, with its list."""

from django.utils import translation
from django.utils.translation import gettext as _

from content.dates import moment_text, period_text
from content.documents import pdf
from content.languages import LANGUAGE_CODES, in_language
from events.columns import loaded
from events.models import Delegation, Participant
from events.models.registration import HOLDING

TEMPLATE = "attendance/pdf/confirmation.typ"


def letter(delegation: Delegation) -> bytes | None:
    """The PDF for one delegation; None when nobody in it has a place or is offered one."""
    people = delegation.participants.filter(status__in=HOLDING).order_by("order", "pk")
    rows = list(loaded(people))
    if not rows:
        return None
    data = {code: _in(code, delegation, rows) for code in LANGUAGE_CODES}
    return pdf(TEMPLATE, data, title=data["ru"]["title"], language="ru")


def _in(code: str, delegation: Delegation, rows: list[Participant]) -> dict:
    event = delegation.event
    with translation.override(code):
        return {
            "title": _("Confirmation of participation"),
            "sender": delegation.sender_in(code),
            "event": in_language(event, "title", code)[0],
            "when": f"{period_text(event.starts_at, event.ends_at, event.zone, code)}, "
            f"{moment_text(event.starts_at, event.zone)}",
            "where": in_language(event, "place", code)[0],
            "lead": _("We confirm that the following people of your delegation are registered."),
            "labels": {"to": _("Delegation"), "event": _("Event"), "when": _("When"),
                       "where": _("Where")},
            "headings": ["№", _("Name"), _("Position"), _("State")],
            "rows": [_row(number, one, code) for number, one in enumerate(rows, 1)],
            "note": _("Badges are given at the registration desk. Please bring an identity card."),
            "office": _("Secretariat"),
        }  # fmt: skip


def _row(number: int, person: Participant, code: str) -> list[str]:
    name = person.name_in(code)
    if person.is_head:
        name = _("%(name)s, head of the delegation") % {"name": name}
    position = in_language(person, "position", code)[0]
    return [str(number), name, position, person.get_status_display()]
