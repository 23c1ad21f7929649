"""`make bench`: pages of the portal against the bare floor, as ratios, in one run."""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from bench.measure import Target, measure
from uclg_portal.services.embedded import EmbeddedServices, explained_errors
from uclg_portal.services.processes import ServicesError

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = 1000


@dataclass(frozen=True)
class Goal:
    """A page of the portal, what it is, and how much of the floor's list it may cost."""

    name: str
    path: str
    most: float | None


GOALS = [
    Goal("news list, not cached", "/ru/news/?n={n}", 1.25),
    Goal("article, not cached", "/ru/news/article-500/?n={n}", 0.50),
    Goal("members list, not cached", "/ru/members/?n={n}", 1.25),
    Goal("city page, not cached", "/ru/members/city-50/?n={n}", 1.5),
    Goal("city page with 20 years of history", "/ru/members/town-50/?n={n}", 1.5),
    Goal("members of 2014, not cached", "/ru/members/?as_of=2014&n={n}", None),
    Goal("body of 100 seats, not cached", "/ru/about/bodies/council/?n={n}", None),
    Goal("partnerships, not cached", "/ru/partnerships/?n={n}", None),
    Goal("event page, not cached", "/ru/events/congress/?n={n}", 0.50),
    Goal("awards, not cached", "/ru/awards/?n={n}", 1.25),
    Goal("laureates of all years, not cached", "/ru/laureates/?n={n}", 1.25),
    Goal("results of 100 laureates, not cached", "/ru/awards/prize/2025/results/?n={n}", None),
    Goal("news list, cached", "/ru/news/", 0.25),
    Goal("empty view", "/healthz", 0.18),
]
NOT_CHANGED = Goal("news list, 304", "/ru/news/", 0.25)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def served(folder: Path, application: str, environ: dict[str, str]):
    """A gunicorn with two sync workers: yields its port and its process id."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}"]
    command += ["--log-level", "error", "--no-control-socket", application]
    process = subprocess.Popen(command, cwd=folder, env=environ, start_new_session=True)
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise SystemExit(f"Nothing answers on port {port}.")


def etag(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection.getresponse().headers["ETag"]


def prepare(environ: dict[str, str], floor: dict[str, str]) -> None:
    """Fill both databases with the same number of articles."""

    def run(folder: Path, env: dict[str, str], *command: str) -> None:
        subprocess.run(
            [sys.executable, *command], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL
        )

    print("filling the floor …", flush=True)
    run(ROOT / "bench/floor", floor, "manage.py", "migrate", "-v0")
    run(ROOT / "bench/floor", floor, "manage.py", "seed", "--articles", str(ARTICLES))
    print("filling the portal …", flush=True)
    run(ROOT, environ, "manage.py", "catalogue", "compile")
    run(ROOT, environ, "manage.py", "collectstatic", "--noinput", "-v0")
    run(ROOT, environ, "-m", "bench.portal_data", str(ARTICLES))


def report(base, figures) -> bool:
    """Print the table; says whether every goal is met."""
    is_met = True
    print("\n| page | CPU ms per answer | ratio | goal | |\n|---|---|---|---|---|")
    print(f"| floor list | {base.milliseconds:.2f} | 1.00 | | |")
    for goal, figure in figures:
        ratio = figure.milliseconds / base.milliseconds
        is_met &= goal.most is None or ratio <= goal.most
        verdict = "" if goal.most is None else "met" if ratio <= goal.most else "MISSED"
        print(
            f"| {goal.name} | {figure.milliseconds:.2f} ({figure.low:.2f}–{figure.high:.2f}) "
            f"| {ratio:.2f} | ≤ {goal.most} | {verdict} |"
        )
    return is_met


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.5, help="a round, for each page")
    options = parser.parse_args()
    services = EmbeddedServices(ROOT / "var/bench", purpose="another benchmark", say=print)
    with explained_errors(ROOT / "var/bench"), services:
        environ = dict(os.environ) | services.environment
        environ |= {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "uclg_portal.settings"}
        address = urlsplit(environ["DATABASE_URL"])
        host = parse_qs(address.query)["host"][0]
        floor = dict(os.environ) | {
            "FLOOR_DB": "uclg_floor", "FLOOR_DB_HOST": host, "FLOOR_DB_PORT": "",
            "FLOOR_DB_USER": address.username or "postgres", "FLOOR_CACHE": "locmem",
        }  # fmt: skip
        floor.pop("DJANGO_SETTINGS_MODULE", None)
        _create_database(environ["DATABASE_URL"], "uclg_floor")
        prepare(environ, floor)
        with (
            served(ROOT / "bench/floor", "floor.wsgi", floor) as (floor_port, floor_pid),
            served(ROOT, "uclg_portal.wsgi", environ) as (port, pid),
        ):
            base = Target("floor", floor_port, "/ru/news/", floor_pid)
            targets = [Target(goal.name, port, goal.path, pid) for goal in GOALS]
            unchanged = {"If-None-Match": etag(port, NOT_CHANGED.path)}
            targets.append(Target(NOT_CHANGED.name, port, NOT_CHANGED.path, pid, unchanged, 304))
            print("measuring …", flush=True)
            found = measure(
                [base, *targets],
                _server_pid(environ["DATABASE_URL"]),
                options.rounds,
                options.seconds,
            )
        rows = [(goal, found[goal.name]) for goal in [*GOALS, NOT_CHANGED]]
        is_met = report(found["floor"], rows)
    print("\nscoring of ratings, against plain NumPy:", flush=True)
    scoring = subprocess.run([sys.executable, "-m", "bench.ratings"], cwd=ROOT)
    print("\nan issue of the newsletter for 20,000 readers:", flush=True)
    newsletter = subprocess.run([sys.executable, "-m", "bench.newsletter"], cwd=ROOT)
    print("\nthe search among 100,000 items:", flush=True)
    search = subprocess.run([sys.executable, "-m", "bench.search"], cwd=ROOT)
    others = (scoring, newsletter, search)
    return 0 if is_met and all(one.returncode == 0 for one in others) else 1


def _create_database(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{name}"')


def _server_pid(url: str) -> int:
    """The process id of the database server: the parent of whatever serves a connection."""
    with psycopg.connect(url) as connection:
        (backend,) = connection.execute("SELECT pg_backend_pid()").fetchone()
        stat = Path(f"/proc/{backend}/stat").read_text()
    return int(stat.rpartition(")")[2].split()[1])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ServicesError as error:
        sys.exit(f"make bench: {error}")
