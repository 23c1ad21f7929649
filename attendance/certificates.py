"""Certificates of participation: for those who were there, one number for each, in one PDF."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from attendance import presence
from content import documents, jobs
from content.dates import period_text
from content.languages import LANGUAGE_CODES, in_language
from content.models import IssuedDocument, Job
from events.columns import country_of
from events.models import Event, Participant
from programme.models import SpeakerRole

CODE = "attendance.certificate"
JOB = "attendance.certificates"
# Who may say that somebody was there may also give the paper about it.
MAY_ISSUE = "attendance.add_markedpresent"


def current(person: Participant) -> IssuedDocument | None:
    """The valid certificate of a participant; None when none was issued."""
    return IssuedDocument.objects.of(CODE, person).valid().select_related("pdf").first()


def issue(person: Participant, by: Any) -> IssuedDocument:
    """The certificate of a participant: made by the first call, the same one ever after.

    Raises ValidationError for who was not there.
    """
    return documents.issue(CODE, person, by)


def without_one(event: Event) -> QuerySet[Participant]:
    """Those who were there and have no valid certificate."""
    given = _documents(event).valid().values("object_id")
    return presence.those_there(event).exclude(pk__in=given)


def numbers(people: list[Participant]) -> dict[int, IssuedDocument]:
    """The valid certificates by the key of the participant: one query."""
    if not people:
        return {}
    found = IssuedDocument.objects.of(CODE, people[0]).model.objects.valid().filter(
        kind=CODE, object_id__in=[one.pk for one in people]
    )  # fmt: skip
    return {document.object_id: document for document in found}


def _documents(event: Event):
    people = Participant.objects.filter(event=event)
    return IssuedDocument.objects.filter(kind=CODE, object_id__in=people.values("pk"))


def write(target: Any, _day: datetime.date) -> documents.Wording:
    """What the certificate says of a participant: names, city, event, part, as of the event."""
    person = (
        Participant.objects.select_related("event", "delegation__member__country")
        .prefetch_related("delegation__member__names")
        .get(pk=target.pk)
    )
    if not presence.was_there(person):
        raise ValidationError(
            _("%(name)s was not there: nobody noted it."), code="absent",
            params={"name": person.name_in("ru")},
        )  # fmt: skip
    person.delegation.event = person.event
    speaks = is_speaker(person)
    texts: dict[str, str] = {}
    extra: dict[str, str] = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            texts[f"holder_{code}"] = person.name_in(code)
            texts[f"wording_{code}"] = _sentence(person, speaks, code)
            extra[f"office_{code}"] = gettext("Secretary General")
    return documents.Wording(**texts, extra=extra)


def is_speaker(person: Participant) -> bool:
    """Whether the programme names them, here or, of a part, in the whole event."""
    own = [pk for pk in (person.pk, person.whole_id) if pk]
    roles = SpeakerRole.objects.filter(participant__in=own, session__event=person.event)
    return roles.filter(session__is_dropped=False).exists()


def _sentence(person: Participant, speaks: bool, code: str) -> str:
    event = person.event
    place = in_language(event, "place", code)[0]
    if person.mode == Participant.Mode.ONLINE or not place:
        place = pgettext("in a certificate", "online")
    role = (
        pgettext("in a certificate", "a speaker") if speaks
        else pgettext("in a certificate", "a participant")
    )  # fmt: skip
    return gettext(
        "of %(city)s took part as %(role)s in “%(title)s”, %(days)s, %(place)s."
    ) % {
        "city": f"{person.delegation.sender_in(code)}, {country_of(person, code)}",
        "role": role,
        "title": in_language(event, "title", code)[0],
        "days": period_text(event.starts_at, event.ends_at, event.zone, code),
        "place": place,
    }  # fmt: skip


def ask_for_all(event: Event, by: Any, key=None) -> Job:
    """A worker issues every certificate that is missing; a second run makes only what is left."""
    title = gettext("Certificates: %(event)s") % {"event": in_language(event, "title")[0]}
    return jobs.ask(JOB, title, {"event": event.pk}, by, key=key)


def _run(job: Job, progress: jobs.Progress) -> None:
    event = Event.objects.get(pk=job.params["event"])
    for person in _wanted(event, progress):
        try:
            issue(person, job.asked_by)
        except ValidationError as refused:
            progress.fail(person.pk, person.name_in(job.language), " ".join(refused.messages))
        progress.step()


def _wanted(event: Event, progress: jobs.Progress) -> Iterator[Participant]:
    missing = without_one(event)
    if progress.only:
        missing = missing.filter(pk__in=[int(key) for key in progress.only])
    keys = list(missing.order_by("delegation", "order", "pk").values_list("pk", flat=True))
    progress.start(len(keys))
    for pk in keys:
        yield Participant.objects.select_related("event").get(pk=pk)


documents.register(
    documents.Kind(
        code=CODE,
        prefix="P",
        label=_("Certificate of participation"),
        template="content/pdf/certificate.typ",
        write=write,
        is_personal=True,
    )
)
jobs.register(jobs.Kind(JOB, MAY_ISSUE, _run))
