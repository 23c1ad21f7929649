"""What the first page of a search costs the database, among 10,000 and 100,000 items.

`python -m bench.search` starts services of its own, fills the index by SQL with that many items in
each language (the vector is made by the column itself, as everywhere) and asks for words that are
rare, common, in a tenth of the items and nowhere. Goals: a median under 50 ms, and at most 1.3
times the CPU time among 10,000 items (or 2 ms more). With `--database URL` it uses a migrated
database that is there.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from uclg_portal.services.embedded import EmbeddedServices, explained_errors

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000)
MOST_MS, MOST_GROWTH, SLACK_MS = 50, 1.3, 2
ROUNDS = 30
WORDS = {
    "rare": "жемчужина42", "common": "город", "tenth": "слово7", "absent": "щщыъъ",
    "common and rare": "город жемчужина42", "cities": "Ижевск город",
}  # fmt: skip
# What lies between rare and common grows until it is common: for it only the 50 ms count.
FLAT = {"rare", "common", "absent", "common and rare"}

# Every item in Russian and in English, a day after the other back from today; a member, a topic.
FILL = """
    INSERT INTO content_searchentry (content_type_id, object_id, language, title, text, names, keys,
        title_key, url, visible_from, dated_on, is_superseded, members, topics)
    SELECT %(kind)s, n, code,
        CASE code WHEN 'ru' THEN 'Город и слово' || n %% 10 || ' номер' || n
                  ELSE 'City and word' || n %% 10 || ' item' || n END,
        CASE code WHEN 'ru' THEN 'город совет встреча проект школа' ELSE 'city council school' END
            || repeat(' ' || md5((n %% 5000)::text) || ' город слово' || n %% 10, 6)
            || CASE WHEN n IN (42, 4242) THEN ' жемчужина42' ELSE '' END,
        CASE WHEN n %% 20 = 0 THEN 'Ижевск Izhevsk' ELSE '' END, 'gorod ijevsk', 'gorod n' || n,
        '/' || code || '/news/' || n || '/', now() - interval '1 day',
        current_date - (n %% 6000)::int, false, ARRAY[n %% 50], ARRAY[n %% 17]
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) n, unnest(ARRAY['ru', 'en']) code
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--database", help="a migrated database to fill, instead of one of its own")
    options = parser.parse_args()
    os.environ.update(DEMO="1", DJANGO_SETTINGS_MODULE="uclg_portal.settings")
    if options.database:
        os.environ["DATABASE_URL"] = options.database
        return _measure()
    folder = ROOT / "var/bench-search"
    services = EmbeddedServices(folder, purpose="another benchmark", say=print)
    with explained_errors(folder), services:
        os.environ.update(services.environment)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
        return _measure()


def _measure() -> int:
    import django

    django.setup()
    from django.db import connection

    from content import searchwords

    kind = _kind()
    searchwords.learn(["город", "слово", "жемчужина", "городок"])
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE content_searchentry")
    done, costs = 0, {}
    for size in SIZES:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute(FILL, {"kind": kind, "first": done + 1, "last": size})
            cursor.execute("VACUUM ANALYZE content_searchentry")
        done = size
        costs[size] = {name: _cost(words) for name, words in WORDS.items()}
    return 0 if _report(costs) else 1


def _kind() -> int:
    from django.contrib.contenttypes.models import ContentType

    from news.models import Article

    return ContentType.objects.get_for_model(Article).pk


def _cost(words: str) -> tuple[float, float]:
    """Of one first page (the answer, its rows, misspelt words): milliseconds, and those of CPU time
    that the server process spent. The latter holds on a busy machine."""
    from content.models import SearchEntry
    from content.searching import find, find_alike
    from search.extracts import Marker, with_pieces

    times, before = [], _server_ms()
    for _round in range(ROUNDS):
        start = time.perf_counter()
        found = find(words, "ru")
        if not found.total:
            found = find_alike(found, "ru")
        trunks = Marker(found.asked).trunks
        list(with_pieces(SearchEntry.objects.filter(pk__in=found.ids), trunks))
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), (_server_ms() - before) / ROUNDS


def _server_ms() -> float:
    """CPU time of the process that serves this connection, in milliseconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def _report(costs: dict[int, dict[str, tuple[float, float]]]) -> bool:
    """Print the table; says whether every goal is met."""
    small, large = SIZES
    is_met = True
    print(f"\n| words | {small:,} items: ms (CPU) | {large:,} items: ms (CPU) | CPU growth | |")
    print("|---|---|---|---|---|")
    for name in WORDS:
        (low, low_cpu), (high, high_cpu) = costs[small][name], costs[large][name]
        is_flat = high_cpu <= max(low_cpu * MOST_GROWTH, low_cpu + SLACK_MS)
        is_good = high <= MOST_MS and (is_flat or name not in FLAT)
        is_met &= is_good
        verdict = "met" if is_good else "MISSED"
        growth = high_cpu / low_cpu if low_cpu else 1
        print(
            f"| {name} | {low:.1f} ({low_cpu:.1f}) | {high:.1f} ({high_cpu:.1f}) | {growth:.2f} "
            f"| {verdict} |"
        )
    return is_met


if __name__ == "__main__":
    sys.exit(main())
