"""Deeds of the secretariat on who takes part: guests, inhabitants, who is left out.

Each locks in this order: the edition, the questionnaire. Nothing changes once the edition is
sealed. Everything is in the audit log.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from content import audit
from content.languages import in_language
from members.models import Country, Member
from questionnaires import taking_part
from questionnaires.checking import hold_edition, settle
from questionnaires.models import Response
from questionnaires.refusals import Refused
from questionnaires.taking_part import Inhabitants
from ratings.models import Edition, Zone

State = Response.State


@transaction.atomic
def add_guest(
    edition: Edition, by: Any, *, member: Member | None = None, name_ru: str = "",
    name_en: str = "", country: Country | None = None, zone: Zone | None = None,
) -> Response:  # fmt: skip
    """Let a guest take part: a record that is no member, or a name and a country.

    Raises Refused where the edition has no guests, for a member, for a city that is there already.
    """
    hold_edition(edition)
    if not edition.admits_guests:
        raise Refused(_("This edition has no guests. Its page says whether it admits them."))
    if member is None and (country is None or not (name_ru or name_en)):
        raise Refused(_("Choose a city, or give the name and the country of a guest."))
    if member is not None:
        return _guest_on_record(edition, member, zone, by)
    _refuse_twice(edition, country, name_ru, name_en)
    response = Response.objects.create(
        edition=edition, name_ru=name_ru, name_en=name_en, country=country, zone=zone,
        is_guest=True,
    )  # fmt: skip
    audit.record("questionnaires.guest", response, by, f"{edition}: {name_ru or name_en}")
    return response


def _guest_on_record(edition: Edition, member: Member, zone: Zone | None, by: Any) -> Response:
    if Member.objects.members().filter(pk=member.pk).exists():
        raise Refused(_("This city is a member: it takes part by itself, not as a guest."))
    if Response.objects.filter(edition=edition, member=member).exists():
        raise Refused(_("The city takes part in this edition already."))
    response = taking_part.response_of(edition, member, by)
    if zone is not None:
        response.zone = zone
        response.save(update_fields=["zone"])
    return response


def _refuse_twice(edition: Edition, country: Country, name_ru: str, name_en: str) -> None:
    names = {name.casefold() for name in (name_ru, name_en) if name}
    for one in Response.objects.filter(edition=edition, member=None, country=country):
        if names & {one.name_ru.casefold(), one.name_en.casefold()}:
            raise Refused(_("The city takes part in this edition already."))


@transaction.atomic
def set_inhabitants(response: Response, known: Inhabitants, by: Any) -> Response:
    """Write down how many live there, as of when, by which source. Raises Refused once sealed."""
    row = _held(response)
    names = ("population", "population_year", "population_source")
    changes = {
        name: [getattr(row, name), getattr(known, name)]
        for name in names if getattr(row, name) != getattr(known, name)
    }  # fmt: skip
    if changes:
        for name in names:
            setattr(row, name, getattr(known, name))
        row.save(update_fields=names)
        audit.record("questionnaires.inhabitants", row, by, str(row), changes)
    return row


@transaction.atomic
def fill_inhabitants(edition: Edition, by: Any) -> int:
    """Take over the figures of the register where none is given; says for how many cities."""
    hold_edition(edition)
    rows = Response.objects.filter(edition=edition, population=None, member__isnull=False)
    lacking = list(rows.select_related("member").select_for_update(of=("self",)).order_by("pk"))
    known = taking_part.figures(edition, [one.member for one in lacking], "ru")
    found = [one for one in lacking if known[one.member_id].population is not None]
    for response in found:
        for name, value in vars(known[response.member_id]).items():
            setattr(response, name, value)
        response.save(update_fields=list(vars(known[response.member_id])))
    if found:
        names = ", ".join(in_language(one.member, "name")[0] for one in found)
        audit.record("questionnaires.inhabitants", edition, by, names)
    return len(found)


@transaction.atomic
def set_zone(response: Response, zone: Zone | None, by: Any) -> Response:
    """Say where a city comes from. Raises Refused once sealed."""
    row = _held(response)
    if row.zone_id != (zone.pk if zone else None):
        before, row.zone = str(row.zone or ""), zone
        row.save(update_fields=["zone"])
        audit.record(
            "questionnaires.zone", row, by, str(row), {"zone": [before, str(zone or "")]}
        )  # fmt: skip
    return row


@transaction.atomic
def leave_out(response: Response, reason: str, by: Any) -> Response:
    """Leave a city out of the rating, and say why; its answers stay. Raises Refused."""
    row = _held(response)
    if not (reason := reason.strip()):
        raise Refused(_("Say why the city is left out."))
    if row.state == State.LEFT_OUT:
        raise Refused(_("The city is left out already."))
    row.state, row.left_out_reason = State.LEFT_OUT, reason
    row.save(update_fields=["state", "left_out_reason"])
    audit.record("questionnaires.left_out", row, by, f"{row}: {reason}")
    return row


@transaction.atomic
def take_back(response: Response, by: Any) -> Response:
    """Let a city that was left out take part again, as far as it had come. Raises Refused."""
    row = _held(response)
    if row.state != State.LEFT_OUT:
        raise Refused(_("The city is not left out."))
    row.state = State.SUBMITTED if row.submitted_at else State.DRAFT
    row.left_out_reason, row.checked_at = "", None
    row.save(update_fields=["state", "left_out_reason", "checked_at"])
    settle([row.pk])
    audit.record("questionnaires.taken_back", row, by, str(row))
    row.refresh_from_db()
    return row


def _held(response: Response) -> Response:
    """The questionnaire, locked after its edition; nothing changes once that is sealed."""
    hold_edition(response.edition)
    rows = Response.objects.select_related("member", "edition", "zone")
    return rows.select_for_update(of=("self",)).get(pk=response.pk)
