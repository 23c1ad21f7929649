"""The loaded demonstration, kept beside the tables and brought back: loading takes a minute."""

import shutil
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction

SCHEMA = "demonstration_copy"


def keep(media: Path, beside: Path) -> None:
    """Copy every table into a schema of its own, and the files into a folder beside."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in _tables(cursor):
            cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS TABLE public."{table}"')
    shutil.copytree(media, beside, dirs_exist_ok=True)


def bring_back(media: Path, beside: Path) -> None:
    """Everything as it was kept: rows past triggers and foreign keys, counters, files."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        tables = _tables(cursor)
        names = ", ".join(f'public."{table}"' for table in tables)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        for table in tables:
            columns = ", ".join(f'"{name}"' for name in _columns(cursor, table))
            cursor.execute(
                f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE '
                f'SELECT {columns} FROM {SCHEMA}."{table}"'
            )
        _count_on(cursor)
    ContentType.objects.clear_cache()
    cache.clear()
    shutil.copytree(beside, media, dirs_exist_ok=True)


def _tables(cursor) -> list[str]:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
        "AND tablename <> 'django_migrations' ORDER BY tablename"
    )
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor, table: str) -> list[str]:
    """The columns that are written; generated ones write themselves."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _count_on(cursor) -> None:
    """Every counter goes on after the highest key of its column."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND pg_get_serial_sequence("
        "quote_ident(table_name), column_name) IS NOT NULL"
    )
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('public.\"{table}\"', '{column}'), "
            f'COALESCE(MAX("{column}"), 0) + 1, false) FROM public."{table}"'
        )
