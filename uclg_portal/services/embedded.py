"""The embedded services: PostgreSQL 18 and Valkey around whatever needs them.

    with EmbeddedServices(Path("var"), purpose="make demo") as services:
        os.environ.update(services.environment)

Nothing here is imported by the settings; they read the environment that this sets.
"""

import contextlib
import errno
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path

from uclg_portal.services import places
from uclg_portal.services.cluster import DATABASE, PORT, Cluster
from uclg_portal.services.lock import FolderLock
from uclg_portal.services.processes import Child, ServicesError, wait_until

VARIABLES = ("DATABASE_URL", "REDIS_URL")
SECONDS_TO_START = 60


class EmbeddedServices:
    """A context manager that runs both services on the data in `data_dir`.

    `fast` trades safety of the data for speed (tests). `purpose` names the starter in the sentence
    that a second one gets, `settings` are variables that those who attach need as well as the two
    addresses, `say` prints one line. Starting raises ServicesError.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        fast: bool = False,
        purpose: str = "another program",
        settings: Mapping[str, str] | None = None,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.data_dir = Path(data_dir).absolute()
        self.fast, self.purpose, self.say = fast, purpose, say
        self.settings = dict(settings or {})
        self.lock = FolderLock(self.data_dir)
        self.children: list[Child] = []
        self.environment: dict[str, str] = {}
        self._sockets: Path | None = None

    def __enter__(self) -> "EmbeddedServices":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def reserve(self) -> None:
        """Take the folder, before anything slow. Raises AlreadyRunningError or ServicesError."""
        with explained_errors(self.data_dir):
            self.data_dir.mkdir(parents=True, exist_ok=True)
            if not self.lock.take():
                holder = self.lock.holder()
                raise AlreadyRunningError(
                    f"The services of {self.data_dir} already run for"
                    f" {holder.get('purpose', 'another program')}"
                    f" (process {holder.get('pid', 'unknown')}): stop that first, Ctrl-C is enough."
                )
            self.lock.describe(purpose=self.purpose, pid=os.getpid())

    def start(self) -> None:
        """Start both and wait until they answer. Raises ServicesError, leaving nothing behind."""
        try:
            if not self.lock.is_ours:
                self.reserve()
            with explained_errors(self.data_dir):
                self._start_or_start_afresh()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop Valkey, then PostgreSQL; remove the sockets; let others start."""
        self._stop_children()
        self.environment = {}
        self.lock.release()

    def forget(self) -> None:
        """Remove the cluster and the uploads of a reserved, stopped folder. Raises OSError."""
        folders = ["postgres", "postgres.unfinished", "media", "private", "log"]
        elsewhere = places.data_elsewhere(self.data_dir)
        for folder in [*(self.data_dir / name for name in folders), elsewhere]:
            if folder.exists():
                shutil.rmtree(folder)
        for schedule in self.data_dir.glob("beat-schedule*"):
            schedule.unlink()

    def attach(self, seconds: float = SECONDS_TO_START) -> dict[str, str]:
        """The environment of services that another process runs on this folder.

        Waits up to `seconds` while that process is still starting. Raises ServicesError.
        """
        until = time.monotonic() + seconds
        while not (environment := self.lock.holder().get("environment")):
            if time.monotonic() > until:
                raise ServicesError(
                    f"The services of {self.data_dir} are starting or stopping: try again."
                )
            time.sleep(0.1)
        if not os.access(environment["REDIS_URL"].removeprefix("unix://"), os.W_OK):
            raise ServicesError(
                f"The services of {self.data_dir} run for another user: work as that user."
            )
        return environment

    def _stop_children(self) -> None:
        while self.children:
            self.children.pop().stop()
        if self._sockets:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None

    def _start_or_start_afresh(self) -> None:
        """Start; a fast cluster is worth nothing, so one that a power cut broke is made anew."""
        try:
            self._start()
        except ServicesError:
            if not self.fast:
                raise
            self._stop_children()
            self.forget()
            self._start()

    def _start(self) -> None:
        user = places.service_user(self.data_dir)
        data = places.reachable_data(self.data_dir, user)
        user = places.service_user(data)
        programs = places.binaries(user)
        logs = self.data_dir / "log"
        logs.mkdir(exist_ok=True)
        self._sockets = places.socket_folder(self.data_dir, user)
        cluster = Cluster(
            programs.postgres,
            data / "postgres",
            self._sockets,
            logs / "postgres.log",
            user=user,
            fast=self.fast,
        )
        postgres = cluster.start()
        self.children.append(postgres)
        valkey_socket = self._sockets / "valkey.sock"
        valkey = self._start_valkey(programs.valkey, valkey_socket, logs / "valkey.log", user)
        self.children.append(valkey)
        self._wait_for(postgres, cluster.answers, lambda: cluster.why_not("PostgreSQL stopped"))
        self._wait_for(valkey, lambda: _pongs(valkey_socket), lambda: _why_not_valkey(valkey))
        self.environment = self.settings | {
            "DATABASE_URL": f"postgres://postgres@:{PORT}/{DATABASE}?host={self._sockets}",
            "REDIS_URL": f"unix://{valkey_socket}",
        }
        self.lock.describe(purpose=self.purpose, pid=os.getpid(), environment=self.environment)

    def _start_valkey(
        self, program: Path, at: Path, log: Path, user: places.ServiceUser | None
    ) -> Child:
        """Valkey without persistence: all it holds may be lost at any moment."""
        at.unlink(missing_ok=True)
        options = {
            "--port": "0",
            "--unixsocket": at,
            "--unixsocketperm": "700",
            "--save": "",
            "--appendonly": "no",
            "--databases": "64",
            "--maxmemory": "256mb",
            "--maxmemory-policy": "volatile-ttl",  # pages go first; the queue never expires
            "--dir": at.parent,
        }
        command = [program, *(part for option in options.items() for part in option)]
        return Child.start("Valkey", command, log, env={"LC_ALL": "C"}, cwd="/", user=user)

    def _wait_for(
        self, child: Child, answers: Callable[[], bool], why_not: Callable[[], str]
    ) -> None:
        def slow() -> None:
            self.say(f"Waiting for {child.name} …")

        if not wait_until(answers, child, seconds=SECONDS_TO_START, slow=slow):
            raise ServicesError(why_not())


class AlreadyRunningError(ServicesError):
    """Another process runs the services on this data folder."""


def wanted(environ: MutableMapping[str, str]) -> bool:
    """Whether the embedded services are to start: when neither address is given.

    Raises ServicesError when only one is, for half a set would mix two installations.
    """
    given = [name for name in VARIABLES if environ.get(name)]
    if len(given) == 1:
        raise ServicesError(
            f"Only {given[0]} is set: set both DATABASE_URL and REDIS_URL, or neither for the"
            " embedded services."
        )
    return not given


def enter(environ: MutableMapping[str, str], environment: dict[str, str]) -> None:
    """Point `environ` at the services; the shell's PG* variables would lead libpq elsewhere."""
    for name in [name for name in environ if name.startswith("PG")]:
        del environ[name]
    environ.update(environment)


def _pongs(at: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        client.connect(str(at))
        client.sendall(b"PING\r\n")
        return client.recv(16).startswith(b"+PONG")
    return False


def _why_not_valkey(valkey: Child) -> str:
    reason = " ".join(valkey.last_lines(1)) or "no word"
    return f"Valkey stopped: {reason} (the log is {valkey.log})."


@contextlib.contextmanager
def explained_errors(folder: Path) -> Iterator[None]:
    """Turn what the operating system refuses while working in `folder` into a ServicesError."""
    try:
        yield
    except OSError as error:
        raise ServicesError(_explained(error, folder)) from error


def _explained(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk that holds {folder} is full: free some space and try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{error.filename or folder} cannot be written ({error.strerror}):"
            " it may belong to another user who started the portal here before."
        )
    return f"The services cannot start in {folder}: {error}."
