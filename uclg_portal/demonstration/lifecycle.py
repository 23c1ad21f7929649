"""Statuses, applications, prospects, the rule of counting and the topics of the demonstration."""

import datetime
from typing import Any

from content import dated
from content.dated import last_day, parse_partial
from content.models import Topic
from members import applications, lifecycle
from members.models import CountingRule, Country, Member, MembershipApplication, Prospect
from uclg_portal.demonstration import data

TYPED = (
    "kind", "website", "head_name", "head_position", "contact_name", "contact_position", "email",
    "phone", "statement",
)  # fmt: skip
KEPT = ("kind", "state", "contact", "origin", "next_step")


def load(by: Any) -> None:
    """Write it all through the capabilities of the members; `by` is who recorded it."""
    table = data.table("lifecycle.toml")
    members = {member.slug: member for member in Member.objects.all()}
    countries = {country.code: country for country in Country.objects.all()}
    for row in table["rules"]:
        _load_rule(row)
    for row in table["changes"]:
        _change(members[row["member"]], row, by)
    for row in table["accepted"]:
        lifecycle.accept(
            members[row["member"]], _day(row["days"]), by=by,
            decided_by_ru=row["decided_by_ru"], decided_by_en=row["decided_by_en"],
        )  # fmt: skip
    for row in table["prospects"]:
        _load_prospect(row, countries[row["country"]], by)
    for row in table["applications"]:
        _load_application(row, countries[row["country"]], by)
    _load_topics(table["topics"], members)


def _day(days: int) -> datetime.date:
    return dated.today() + datetime.timedelta(days=days)


def _load_rule(row: dict[str, Any]) -> None:
    starts_on, precision = parse_partial(row["starts_on"])
    rule = CountingRule(counts_from=row["counts_from"], note=row["note"], starts_on=starts_on,
                        starts_precision=precision)  # fmt: skip
    if "ends_on" in row:
        ends_on, rule.ends_precision = parse_partial(row["ends_on"])
        rule.ends_on = last_day(ends_on, rule.ends_precision)
    rule.save()


def _change(member: Member, row: dict[str, Any], by: Any) -> None:
    words = data.texts(row, "reason", "decided_by")
    lifecycle.record(
        member, row["status"], datetime.date.fromisoformat(row["day"]), by=by,
        **{name: text or "" for name, text in words.items()},
    )  # fmt: skip


def _load_prospect(row: dict[str, Any], country: Country, by: Any) -> None:
    Prospect.objects.create(
        country=country, kept_by=by, next_step_on=_day(row["days"]), **data.texts(row, "name"),
        **{name: row[name] for name in KEPT},
    )  # fmt: skip


def _load_application(row: dict[str, Any], country: Country, by: Any) -> MembershipApplication:
    values = {name: row.get(name, "") for name in (*TYPED, "name_ru", "name_en")}
    values |= {"country": country, "population": row.get("population")}
    application = applications.apply(values, {}, row["language"])
    if row.get("before_body"):
        application = applications.put_before_body(application, by)
    return application


def _load_topics(topics: dict[str, list[str]], members: dict[str, Member]) -> None:
    """Topics that the table names and the portal has."""
    known = {topic.slug: topic for topic in Topic.objects.all()}
    for slug, wanted in topics.items():
        members[slug].topics.set(known[one] for one in wanted if one in known)
