"""The migrated database of the tests, kept in their cluster: migrating takes a minute.

Every test database is a copy of it. Its comment says which migrations made it: where some were
added since, it is brought forward; where one was changed or taken away, it is made anew.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
NAME = "tests_migrated"


def template(address: str) -> str:
    """The name of the migrated database in the cluster at `address`, brought up to date.

    Empty when the migrations fail: the tests then run them themselves and show the error.
    """
    wanted = _migrations()
    with psycopg.connect(address, autocommit=True) as connection:
        if (made_by := _made_by(connection)) == wanted:
            return NAME
        if made_by is None or not made_by.items() <= wanted.items():
            _make_empty(connection)
        _say(connection, {})  # cut short, it is made anew
        if not _migrate(address):
            return ""
        _say(connection, wanted)
    return NAME


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
    parts = urlsplit(address)
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{NAME}")),
        "DJANGO_SETTINGS_MODULE": "uclg_portal.settings_test",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return done.returncode == 0
