"""Sister cities, other associations, charters, wishes and requests of the demonstration."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from content.dated import parse_partial, today
from content.models import Topic
from governance.models import Organisation, Person
from members.models import Member
from partnerships import citylist, helping, sides, stating
from partnerships.anniversaries import years_later
from partnerships.models import (
    Affiliation,
    CharterSigning,
    HelpRequest,
    MatchWish,
    OutsideCity,
    Partnership,
    Signatory,
)
from uclg_portal.demonstration import data

TEN_YEARS = -10


def load(users: dict[str, User]) -> None:
    """Everything of partnerships.toml; members, people and organisations have to be there.

    `users` are those of the demonstration, by address; a member is spoken for by its own.
    """
    table = data.table("partnerships.toml")
    citylist.load()
    members = {member.slug: member for member in Member.objects.all()}
    desk = users["admin@example.org"]
    for row in table["partnerships"]:
        _load_partnership(row, members, users, desk)
    _load_affiliations(table, members)
    for row in table["charters"]:
        _load_charter(row, members)
    _load_wishes(table["wishes"], members, users, desk)
    for row in table["requests"]:
        _load_request(row, members, users, desk)


def _speaker(slug: str, users: dict[str, User], desk: User) -> User:
    return users.get(f"{slug}@example.org", desk)


def _signed(row: dict[str, Any]) -> dict[str, Any]:
    if "signed_days" in row:
        day = today() + datetime.timedelta(days=row["signed_days"])
        return {"signed_on": years_later(day, TEN_YEARS)}
    if "signed" not in row:
        return {"is_date_unknown": row.get("date_unknown", False)}
    day, precision = parse_partial(row["signed"])
    return {"signed_on": day, "signed_precision": precision}


def _load_partnership(row, members, users, desk) -> None:
    member = members[row["member"]]
    partner = (
        members[row["partner"]] if "partner" in row else OutsideCity.objects.get(slug=row["city"])
    )
    partnership = stating.state(
        member, partner, _speaker(row["member"], users, desk),
        kind=row.get("kind", "sister_city"), stage=row.get("stage", "signed"),
        is_invented=row.get("invented", False), **_signed(row),
        **data.texts(row, "agreement", "source"),
    )  # fmt: skip
    Signatory.objects.bulk_create(
        Signatory(
            partnership=partnership, side=_side(one["side"], partnership, member),
            **data.texts(one, "name", "office"),
        )
        for one in row.get("signatories", [])
    )  # fmt: skip
    if "answer" in row:
        _answer(partnership, row, _speaker(row["partner"], users, desk))


def _side(written: str, partnership: Partnership, member: Member) -> str:
    """The side as the record has it: it may have turned the two round."""
    is_turned = partnership.member_a_id != member.pk
    return {"a": "b", "b": "a"}[written] if is_turned else written


def _answer(partnership: Partnership, row: dict[str, Any], by: User) -> None:
    if row["answer"] == "confirmed":
        stating.confirm(partnership, by)
        return
    day, precision = parse_partial(row["other_signed"])
    said = stating.Dissent(row["reason"], signed_on=day, precision=precision)
    stating.refuse(partnership, by, said)


def _load_affiliations(table: dict[str, Any], members: dict[str, Member]) -> None:
    organisations = {one.slug: one for one in Organisation.objects.all()}
    rows = []
    for row in table["affiliations"]:
        since = parse_partial(row["since"]) if "since" in row else (None, "day")
        rows.append(
            Affiliation(
                member=members[row["member"]], organisation=organisations[row["organisation"]],
                starts_on=since[0], starts_precision=since[1], grade=row.get("grade", ""),
                **data.texts(row, "note"),
            )
        )  # fmt: skip
    for row in table["named"]:
        rows += [
            Affiliation(
                member=members[slug], organisation=organisations[row["organisation"]],
                **data.texts(row, "source"),
            )
            for slug in row["members"]
        ]  # fmt: skip
    Affiliation.objects.bulk_create(rows)


def _load_charter(row: dict[str, Any], members: dict[str, Member]) -> None:
    day, precision = parse_partial(row["signed"])
    CharterSigning.objects.create(
        member=members[row["member"]], signed_on=day, signed_precision=precision,
        person=Person.objects.filter(slug=row["person"]).first(),
        **data.texts(row, "charter", "signatory", "office", "note", "source"),
    )  # fmt: skip


def _load_wishes(rows, members, users, desk) -> None:
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for row in rows:
        member = members[row["member"]]
        member.topics.add(*(topics[slug] for slug in row["topics"]))
        MatchWish.objects.create(member=member, opted_by=_speaker(row["member"], users, desk))


def _load_request(row, members, users, desk) -> None:
    country = sides.country(row["country"]) if "country" in row else None
    request = helping.send(
        members[row["member"]], _speaker(row["member"], users, desk), kind=row["kind"],
        subject=row["subject"], text=row["text"], wished_country=country,
        wished_city=row.get("city", ""),
    )  # fmt: skip
    if "answer" in row:
        helping.answer(request, row["answer"], desk)
    if row.get("taken"):
        helping.take(request, desk)
    if "days_ago" in row:
        sent = timezone.now() - datetime.timedelta(days=row["days_ago"])
        HelpRequest.objects.filter(pk=request.pk).update(created_at=sent)
