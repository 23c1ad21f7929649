"""Applications for membership: sent by the public form, put before a body, decided, answered."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import audit, dated, privatefiles
from content.dates import local_day
from content.languages import in_each, in_language
from content.models import PrivateFile
from content.slugs import free_slug
from content.sortkeys import search_fold
from content.texts import tidy_texts
from mailing import outbox
from members import lifecycle, naming
from members.models import (
    ApplicationFile,
    Member,
    MemberFigure,
    MembershipApplication,
    OldSlug,
    Prospect,
    StatusChange,
)
from members.models.member import RESERVED_SLUGS

State = MembershipApplication.State
PURPOSE = "membership-application"
ENDINGS = (".pdf", ".docx", ".jpg", ".jpeg", ".png")
# Any number, the same for every application: their numbers have no gaps.
ONE_AT_A_TIME = 7_202_403
SOURCE = _("Application for membership No. %(number)s")
TAKEN_OVER = ("name_ru", "name_en", "kind", "country", "website")


class SentAlready(ValidationError):
    """An application of the same name and country is open."""


@privatefiles.all_or_nothing()
def apply(
    values: Mapping[str, Any], files: Mapping[str, UploadedFile], language: str
) -> MembershipApplication:
    """Take an application from the public form: number, files, mail, all of it or nothing.

    `values` holds the fields of the model that applicants fill in, `files` uploads by
    `ApplicationFile.Kind`, `language` is that of the applicant. A prospect of the same name is
    linked. Raises SentAlready, and ValidationError for a file that is not taken.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    refuse_second(values)
    now = timezone.now()
    year = dated.today().year
    found = MembershipApplication.objects.filter(year=year).aggregate(last=Max("serial"))
    application = MembershipApplication(
        **values, year=year, serial=(found["last"] or 0) + 1, language=language,
        name_key=_keys(values)[0], charter_accepted_at=now, data_consent_at=now,
    )  # fmt: skip
    tidy_texts(application)
    application.save()
    for kind, upload in files.items():
        kept = privatefiles.store(upload, PURPOSE, None, endings=ENDINGS)
        ApplicationFile.objects.create(application=application, kind=kind, file=kept)
    _link_prospects(application)
    audit.record("application.received", application, None, str(application))
    _write(application, "received")
    return application


def _keys(values: Mapping[str, Any]) -> list[str]:
    """The names, folded for comparison: the Russian one first."""
    names = [values.get("name_ru"), values.get("name_en")]
    return [search_fold(name)[:150] for name in names if name]


def refuse_second(values: Mapping[str, Any]) -> None:
    """Raise SentAlready when an application of that name and country waits for a decision.

    Only its own sender learns its number; to others it says no more than that one is there.
    """
    names = Q(name_key__in=_keys(values))
    for field in ("name_ru", "name_en"):
        if values.get(field):
            names |= Q(**{f"{field}__iexact": values[field]})
    found = MembershipApplication.objects.open().filter(names, country=values["country"]).first()
    if found is None:
        return
    if found.email.lower() == values["email"].lower():
        text = _("You have sent this application already. Its number is %(number)s.")
        raise SentAlready(text, code="sent", params={"number": found.number})
    raise SentAlready(
        _(
            "An application for this name and country is being considered. If you know nothing of "
            "it, write to the secretariat."
        ),
        code="sent",
    )


def _link_prospects(application: MembershipApplication) -> None:
    """Those the secretariat was talking to have applied."""
    keys = set(_keys({"name_ru": application.name_ru, "name_en": application.name_en}))
    waiting = Prospect.objects.filter(country=application.country, application__isnull=True)
    for prospect in waiting.select_for_update():
        if keys.intersection(_keys({"name_ru": prospect.name_ru, "name_en": prospect.name_en})):
            prospect.application, prospect.state = application, Prospect.State.APPLIED
            prospect.save(update_fields=["application", "state"])


@transaction.atomic
def put_before_body(application: MembershipApplication, by: Any) -> MembershipApplication:
    """The application stands on the agenda of the body that decides."""
    application = _locked(application, [State.RECEIVED])
    return _settle(application, State.BEFORE_BODY, by)


@transaction.atomic
def link(application: MembershipApplication, member: Member, by: Any) -> MembershipApplication:
    """The application is that of a record that exists: the record gets its step "applied".

    Raises ValidationError where the record cannot apply, being a member for example.
    """
    application = _locked(application, MembershipApplication.OPEN)
    if application.member_id == member.pk:
        return application
    if application.member_id:
        lifecycle.take_back(application.member, by)
    if lifecycle.allowed_next(member) == [StatusChange.Status.APPLIED]:
        lifecycle.record(member, StatusChange.Status.APPLIED, received_on(application), by=by)
    elif lifecycle.status_on(member) != StatusChange.Status.APPLIED:
        text = _("“%(member)s” is a member or was accepted already.")
        raise ValidationError({"member": ValidationError(text, params={"member": member})})
    application.member = member
    application.save(update_fields=["member"])
    Prospect.objects.filter(application=application).update(member=member)
    return application


def received_on(application: MembershipApplication) -> datetime.date:
    """The day an application came, by the association's clock."""
    return local_day(application.received_at, timezone.get_default_timezone())


@transaction.atomic
def make_member(application: MembershipApplication, by: Any) -> Member:
    """Make the record of a member of what the applicant wrote, and link it.

    Contacts of the applicant are not published: the representative fills in the profile.
    """
    taken = {name: getattr(application, name) for name in TAKEN_OVER}
    member = Member(**taken)
    title = application.name_en or application.name_ru
    earlier = OldSlug.objects.values_list("slug", flat=True)
    member.slug = free_slug(member, title, {*RESERVED_SLUGS, *earlier})
    member.save(by=by)
    naming.give_first_name(member)
    if application.population:
        MemberFigure.objects.create(
            member=member, year=received_on(application).year, value=application.population,
            **in_each("source", lambda: SOURCE % {"number": application.number}),
        )  # fmt: skip
    audit.record("member.made_of_application", member, by, application.number)
    link(application, member, by)
    return member


@transaction.atomic
def accept(
    application: MembershipApplication,
    day: datetime.date,
    *,
    by: Any,
    member: Member | None = None,
    decided_by_ru: str = "",
    decided_by_en: str = "",
    document: PrivateFile | None = None,
) -> MembershipApplication:
    """A body accepted the applicant on that day; the record is made unless `member` is given.

    Whether it counts as a member at once is for the rule of the day, see `lifecycle.accept`. The
    applicant is told by mail. Raises ValidationError for a second decision and for a day before
    the application or ahead.
    """
    application = _locked(application, MembershipApplication.OPEN)
    _refuse_day_ahead(day)
    if member is not None:
        application = link(application, member, by)
    elif application.member is None:
        make_member(application, by)
        application.refresh_from_db()
    decision = {"decided_by_ru": decided_by_ru, "decided_by_en": decided_by_en}
    lifecycle.accept(application.member, day, by=by, document=document, **decision)
    application.document = document
    application.decided_on = day
    application.decided_by = decided_by_ru or decided_by_en
    _settle(application, State.ACCEPTED, by)
    _write(application, "accepted")
    return application


@transaction.atomic
def refuse(
    application: MembershipApplication,
    day: datetime.date,
    reason: str,
    *,
    by: Any,
    decided_by_ru: str = "",
    decided_by_en: str = "",
    document: PrivateFile | None = None,
) -> MembershipApplication:
    """A body refused the application on that day; the applicant is told why by mail."""
    application = _locked(application, MembershipApplication.OPEN)
    _refuse_day_ahead(day)
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why: the applicant reads it."))})
    _leave_member(application, by)
    application.document, application.reason = document, reason
    application.decided_on, application.decided_by = day, decided_by_ru or decided_by_en
    _settle(application, State.REFUSED, by)
    _write(application, "refused")
    return application


@transaction.atomic
def withdraw(application: MembershipApplication, by: Any, reason: str = "") -> None:
    """The applicant withdrew; also one that was accepted and has not begun to count as a member."""
    application = _locked(application, [*MembershipApplication.OPEN, State.ACCEPTED])
    if application.state == State.ACCEPTED:
        status = lifecycle.status_on(application.member)
        if status != StatusChange.Status.ACCEPTED:
            raise ValidationError(_("The applicant is a member already: change its status."))
    _leave_member(application, by)
    application.reason = reason
    _settle(application, State.WITHDRAWN, by)


def _leave_member(application: MembershipApplication, by: Any) -> None:
    """What the record stood at before the application holds again."""
    if application.member:
        lifecycle.take_back(application.member, by)


def _refuse_day_ahead(day: datetime.date) -> None:
    if day > dated.today():
        raise ValidationError({"day": ValidationError(_("This day is still to come."))})


def _locked(application: MembershipApplication, states: Iterable[str]) -> MembershipApplication:
    """The row as it is now, locked; ValidationError unless it is in one of these states."""
    rows = MembershipApplication.objects.select_for_update(of=("self",))
    fresh = rows.select_related("country", "member").get(pk=application.pk)
    if fresh.state not in states:
        text = _("This application is “%(state)s” already.")
        raise ValidationError(text, code="state", params={"state": fresh.get_state_display()})
    return fresh


def _settle(application: MembershipApplication, state: str, by: Any) -> MembershipApplication:
    before, application.state = application.state, state
    application.save()
    changes = {"state": [str(before), str(state)]}
    audit.record(f"application.{state}", application, by, str(application), changes)
    return application


def _write(application: MembershipApplication, what: str) -> None:
    """A letter to the applicant, in both languages, theirs first."""
    context = {
        "number": application.number,
        "name": lambda: in_language(application, "name")[0],
        "application": application,
        "counts_at_once": bool(application.member)
        and lifecycle.status_on(application.member) == StatusChange.Status.MEMBER,
    }
    outbox.write(
        f"members.application:{application.pk}:{what}", application.email, application.language,
        f"members/mail/application_{what}", context, about=application,
    )  # fmt: skip
