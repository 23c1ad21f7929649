"""Certificates of membership and checked links of the demonstration; nothing is visited."""

from typing import Any

from content import documents
from members import certificate, linkcheck
from members.models import Member
from members.web_addresses import Answer, Visitor
from uclg_portal.demonstration import data


class Recorded(Visitor):
    """A visitor who stays at home: the answers stand in the data."""

    def __init__(self, answers: dict[str, Answer]):
        object.__setattr__(self, "answers", answers)

    def fetch(self, url: str) -> Answer:
        return self.answers.get(url, Answer(200))


def load(by: Any) -> None:
    """Issue certificates and keep what the check of links found; `by` is who issued them."""
    table = data.table("documents.toml")
    members = {member.slug: member for member in Member.objects.all()}
    for row in table["certificates"]:
        issued = certificate.issue(members[row["member"]], by)
        if "reissued" in row:
            documents.reissue(issued, by, row["reissued"])
    for row in table["links"]:
        member, field = members[row["member"]], row["field"]
        if getattr(member, field) != row["url"]:
            setattr(member, field, row["url"])
            member.save(update_fields=[field], by=by)
        answer = Answer(row["status"], row.get("target", ""))
        linkcheck.check(member, field, Recorded({row["url"]: answer}))
