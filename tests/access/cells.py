"""What the access table is made of: roles, outcomes, rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ROLES = {
    "visitor": "anybody, without a sign-in",
    "rep_a": "representative of city A today",
    "rep_b": "representative of city B today, not of A",
    "former": "whose mandate for city A has ended",
    "juror": "has an account, no mandate and no staff role",
    "translator": "staff: translates public texts",
    "editor": "staff: news, pages, profiles of cities",
    "events": "staff: events and delegations",
    "awards": "staff: awards",
    "ratings": "staff: ratings",
    "finance": "staff: membership and dues",
    "lead": "staff: the secretariat's lead, also for accounts",
    "superuser": "everything the admin offers",
}
STAFF = ("translator", "editor", "events", "awards", "ratings", "finance", "lead")
OUTSIDE = ("rep_a", "rep_b", "former", "juror")

YES = "yes"
SIGN_IN = "sign in"
NOT_FOUND = "404"
FORBIDDEN = "403"
GONE = "410"


@dataclass(frozen=True)
class Row:
    """One deed on one object, and what every role gets.

    `address` holds places for objects of `world.py`: "/ru/cabinet/{a.slug}/". `method` is that of
    a test client; `data` what it sends.
    """

    object: str
    action: str
    address: str
    outcomes: Mapping[str, str]
    method: str = "get"
    data: Mapping = field(default_factory=dict)


def who(*allowed: str, visitor: str, others: str) -> dict[str, str]:
    """Outcomes by role: YES for those allowed, `visitor` without a sign-in, else `others`."""
    assert set(allowed) <= ROLES.keys(), allowed
    return {
        role: YES if role in allowed else visitor if role == "visitor" else others for role in ROLES
    }


EVERYBODY = who(*ROLES, visitor=YES, others=YES)
NOBODY = who(visitor=NOT_FOUND, others=NOT_FOUND)
OVER = who(visitor=GONE, others=GONE)


def cabinet(*allowed: str) -> dict[str, str]:
    """A page of a cabinet: strangers do not learn that it exists."""
    return who(*allowed, visitor=SIGN_IN, others=NOT_FOUND)


def signed_in() -> dict[str, str]:
    """A door that everybody with an account may go through."""
    return who(*(role for role in ROLES if role != "visitor"), visitor=SIGN_IN, others=YES)


def admin(*allowed: str) -> dict[str, str]:
    """A page of the admin: a door anyone may know, so visitors are asked to sign in."""
    return who(*allowed, "superuser", visitor=SIGN_IN, others=FORBIDDEN)
