"""The speaker's brief: when by their own clock, how long, to whom, in what language, what is due.

A speaker without an account opens it by the signed link of the letter; the signature covers the
address, so a corrected one makes an old link worthless.
"""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import documents
from content.keys import as_key
from content.languages import in_language
from events.letters import NAMES
from events.models import Event
from mailing import cleaning, outbox
from programme import cards, letters, people
from programme.models import MaterialRequest, ProgrammeVersion, SpeakerRole

TEMPLATE = "programme/pdf/brief.typ"
SALT = "programme.brief"


def token(role: SpeakerRole) -> str:
    """The last part of the address of a brief: the key of the row and a signature."""
    return _signer(role).sign(role.pk)


def find(text: str) -> SpeakerRole | None:
    """The speaker whose link this is; None for any other text."""
    key = as_key(text.partition(":")[0])
    if key is None:
        return None
    rows = SpeakerRole.objects.filter(pk=key, session__is_dropped=False).select_related(
        "session__event", "session__hall", "user", "participant__delegation__member",
        "participant__delegation__event",
    )  # fmt: skip
    role = rows.first()
    if role is None or not role.address:
        return None
    try:
        _signer(role).unsign(text)
    except BadSignature:
        return None
    return role


def _signer(role: SpeakerRole) -> Signer:
    return Signer(salt=f"{SALT}:{role.address.lower()}")


def facts(role: SpeakerRole) -> dict[str, Any]:
    """What a brief says, in the active language: `title`, `session`, `facts` (label, words),
    `audience` (lines), `others` (names in their order)."""
    session = role.session
    return {
        "heading": _("Speaker's brief"),
        "speaker": in_language(role, "name")[0],
        "title": in_language(session.event, "title")[0],
        "session": in_language(session, "title")[0],
        "facts": [pair for pair in _pairs(role) if pair[1]],
        "audience_title": _("Who listens"),
        "audience": audience(role),
        "others_title": _("Who speaks in this session"),
        "others": [_line(one) for one in session.roles.all()],
    }


def _pairs(role: SpeakerRole) -> list[list[str]]:
    session = role.session
    event, (starts, ends) = session.event, role.slot()
    own = people.zone_of(role)
    differs = starts.astimezone(own).utcoffset() != starts.astimezone(event.zone).utcoffset()
    there = letters.clock_text(starts, ends, event.zone)
    hall = in_language(session.hall, "name")[0] if session.hall else ""
    place = ", ".join(filter(None, [hall, in_language(event, "place")[0]]))
    return [
        [_("Your time"), letters.clock_text(starts, ends, own)],
        [_("By the clock of the event"), there if differs else ""],
        [_("How long"), _minutes(role)],
        [_("Your part"), str(role.get_role_display())],
        [_("On behalf of"), in_language(role, "on_behalf_of")[0]],
        [_("You speak in"), cards.language_name(role.language)],
        [_("Languages of the session"),
         cards.languages_words(session.languages, session.interpretation)],
        [_("Where"), _("online") if session.is_online and not hall else place],
        [_("Promised"), _materials(role, "promised", wanted=False)],
        [_("Still missing"), _materials(role, "missing", wanted=True)],
    ]  # fmt: skip


def _materials(role: SpeakerRole, field: str, *, wanted: bool) -> str:
    """What the secretariat noted, and what was asked for: still to come, or all but that."""
    asked = [one for one in role.material_requests.all() if _is_wanted(one) == wanted]
    words = [in_language(role, field)[0], *(in_language(one, "what")[0] for one in asked)]
    return "; ".join(filter(None, words))


def _is_wanted(request: MaterialRequest) -> bool:
    return request.state == MaterialRequest.State.ASKED


def _minutes(role: SpeakerRole) -> str:
    if not role.minutes:
        return ""
    words = ngettext("%(number)d minute", "%(number)d minutes", role.minutes)
    return words % {"number": role.minutes}


def audience(role: SpeakerRole) -> list[str]:
    """Three lines at most: as the secretariat wrote them, else what the event says of itself."""
    session = role.session
    if written := in_language(session, "listeners")[0]:
        return [line.strip() for line in written.splitlines() if line.strip()][:3]
    event, lines = session.event, [str(session.event.get_audience_display())]
    if expected := session.capacity or event.expected_attendance:
        lines.append(_("about %(number)d people") % {"number": expected})
    return [*lines, str(event.get_mode_display())]


def _line(role: SpeakerRole) -> str:
    part = "" if role.role == SpeakerRole.Role.SPEAKER else str(role.get_role_display())
    words = [in_language(role, "name")[0], in_language(role, "position")[0], part, _minutes(role)]
    return ", ".join(filter(None, words))


def pdf(role: SpeakerRole, language: str) -> bytes:
    """The brief on paper, in the active language."""
    data = facts(role)
    return documents.pdf(TEMPLATE, data, title=f"{data['heading']}: {data['speaker']}",
                         language=language)  # fmt: skip


def send(event: Event) -> int:
    """Send every speaker of the published programme their brief; how many letters were new.

    Once for each speaker and version: a second click writes nothing.
    """
    version = ProgrammeVersion.objects.latest_of(event)
    if version is None or event.ends_at <= timezone.now() or event.is_cancelled:
        return 0
    known = {one["id"] for row in version.snapshot["sessions"] for one in row["speakers"]}
    rows = people.roles_of(event).filter(pk__in=known).select_related("session__hall")
    rows = rows.prefetch_related("session__roles", "material_requests", f"participant__{NAMES}")
    return outbox.write_many(_letter(role, version) for role in rows if role.address)


def _letter(role: SpeakerRole, version: ProgrammeVersion) -> outbox.Letter:
    role.session.event = version.event
    reader = people.speaker(role)
    return outbox.Letter(
        occasion=f"programme.brief:{role.pk}:{version.number}",
        email=reader.email,
        language=reader.language,
        template="programme/mail/brief",
        context={
            **letters.facts(version.event, reader),
            "session": lambda: in_language(role.session, "title")[0],
            "brief": lambda: facts(role),
            "brief_link": lambda: cleaning.on_site(reverse("programme:brief", args=[token(role)])),
        },
        user=reader.user,
        about=version.event,
        expires_at=role.session.ends_at,
    )
