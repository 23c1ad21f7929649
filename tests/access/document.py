"""docs/access.md, made from the rows of the table."""

from pathlib import Path

from tests.access.cells import ROLES, Row

PLACE = Path(__file__).resolve().parents[2] / "docs/access.md"

HEAD = """\
# Who may do what

Made by `python -m tests.access` from the rows in `tests/access/`; every cell is a test
(`tests/access/test_access.py`). Change the rows, not this file.

- **yes**: the page opens, the deed is done.
- **sign in**: led to the sign-in page, for doors that anybody may know.
- **404**: not found; nothing tells that the thing exists.
- **410**: it was public and was withdrawn, or a link has ended; nothing more is told.
- **403**: a deed that this person may not do to a thing they may see, said in a sentence.

Staff reach anything only with a second factor (not in the demonstration). Rights of staff roles
are lists of permissions in `accounts/deeds.py`; rights of representatives follow from their
mandates, day by day. Experts and delegates are roles of later parts of the portal.

| role | who |
|---|---|
"""


def text(rows: list[Row]) -> str:
    """The whole document."""
    roles = "".join(f"| {role} | {words} |\n" for role, words in ROLES.items())
    names = dict.fromkeys(row.object for row in rows)
    tables = {name: _table([row for row in rows if row.object == name]) for name in names}
    parts = [f"\n## {name}\n\n{table}" for name, table in tables.items()]
    return f"{HEAD}{roles}{''.join(parts)}"


def _table(rows: list[Row]) -> str:
    lines = [
        ["action", "address", *ROLES],
        ["---"] * (2 + len(ROLES)),
        *([row.action, _address(row), *(row.outcomes[role] for role in ROLES)] for row in rows),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _address(row: Row) -> str:
    method = "" if row.method == "get" else f"{row.method.upper()} "
    return f"{method}`{row.address}`"


def write(rows: list[Row]) -> None:
    PLACE.write_text(text(rows), encoding="utf-8")
