"""What is checked before migrations run: a database that could not find Cyrillic letters."""

from django.core.checks import Error, Tags, register
from django.db import connections


@register(Tags.database)
def database_knows_letters(databases=None, **_options) -> list[Error]:
    """Errors when the character type is "C": trigram search would drop every Cyrillic letter."""
    return [
        Error(
            f"The database {alias!r} has the character type {kind!r}: search in Cyrillic fails "
            "there without a word.",
            hint="Create it as docs/running.md says: builtin PG_UNICODE_FAST, lc_ctype C.UTF-8.",
            id="uclg_portal.E001",
        )
        for alias in databases or []
        if (kind := _character_type(alias)) in ("C", "POSIX")
    ]


def _character_type(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        return cursor.fetchone()[0]
