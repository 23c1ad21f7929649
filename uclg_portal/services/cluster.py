"""One PostgreSQL cluster: made once, started, mended after a crash."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from uclg_portal.services.processes import (
    Child,
    ServicesError,
    ServiceUser,
    last_lines,
    tied_to_parent,
)

DATABASE = "uclg"
PORT = 5432  # names the socket; nothing listens on the network

# lc_ctype matters even with the built-in provider: under "C" pg_trgm drops every Cyrillic letter.
LOCALE = [
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": PORT,
    "max_connections": 200,
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_environment() -> dict[str, str]:
    """A clean environment: PG* variables and an uninstalled LC_ALL of the shell stop the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C", "LC_ALL": "C", "TZ": "UTC"}


@dataclass
class Cluster:
    """A cluster in `data`, run from the programs in `programs` as `user` (None: oneself)."""

    programs: Path
    data: Path
    sockets: Path
    log: Path
    user: ServiceUser | None = None
    fast: bool = False

    def start(self) -> Child:
        """Start the server, making the cluster first if there is none. Raises ServicesError."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._check_owner_and_version()
        self._clear_the_way()
        settings = SETTINGS | {"unix_socket_directories": self.sockets}
        settings |= FAST if self.fast else {}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Child.start(
            "PostgreSQL",
            [self.programs / "postgres", "-D", self.data, *options],
            self.log,
            env=server_environment(),
            cwd="/",
            user=self.user,
            stop_signal=signal.SIGINT,  # SIGTERM would wait for every client to leave
        )

    def answers(self) -> bool:
        """Whether the server takes connections; makes the portal's database if it is missing."""
        try:
            with self._connect() as connection:
                known = connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                ).fetchone()
                if not known:
                    connection.execute(f'CREATE DATABASE "{DATABASE}"')
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            port=PORT,
            user="postgres",
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )

    def _make(self) -> None:
        """Run initdb in a folder beside, so that an interrupted one leaves no half a cluster."""
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.user:
            os.chown(unfinished, self.user.uid, self.user.gid)
        command = ["initdb", "-D", unfinished, "-U", "postgres", "--auth=trust", "--no-sync"]
        made = subprocess.run(
            [self.programs / command[0], *command[1:], *LOCALE],
            env=server_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            preexec_fn=tied_to_parent(signal.SIGTERM),
            **(self.user.popen_arguments() if self.user else {}),
        )
        if made.returncode:
            self.log.write_text(made.stdout + made.stderr)
            shutil.rmtree(unfinished, ignore_errors=True)
            raise ServicesError(self.why_not("PostgreSQL could not make its data folder"))
        unfinished.rename(self.data)

    def _check_owner_and_version(self) -> None:
        owner = self.data.stat().st_uid
        if owner != (self.user.uid if self.user else os.geteuid()):
            raise ServicesError(
                f"{self.data} belongs to another user (id {owner}): start as that user or as root,"
                " or let that user run 'make demo-reset'."
            )
        made_by = (self.data / "PG_VERSION").read_text().strip()
        shown = subprocess.run(
            [self.programs / "postgres", "--version"],
            cwd="/",
            env=server_environment(),
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if shown and shown[-1].split(".")[0] != made_by:
            raise ServicesError(
                f"{self.data} was made by PostgreSQL {made_by}, the installed one is {shown[-1]}:"
                " 'make demo-reset' starts afresh."
            )

    def _clear_the_way(self) -> None:
        """Deal with the postmaster.pid of an earlier run; the caller holds the folder's lock.

        A server of ours that outlived its supervisor is asked to stop and waited for. A number that
        now belongs to another program would stop the start for ever, so that file is removed.
        """
        pid_file = self.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(pid_file.read_text().split()[0])
            if _program_of(pid) != "postgres":
                pid_file.unlink()
                return
            os.kill(pid, signal.SIGINT)
            until = time.monotonic() + 15
            while pid_file.exists() and time.monotonic() < until:
                time.sleep(0.05)

    def why_not(self, what: str) -> str:
        """`what` with its most telling reason, as one sentence for the terminal."""
        lines = last_lines(self.log, 40)
        if any("No space left on device" in line for line in lines):
            return f"The disk that holds {self.data.parent} is full: free some space and try again."
        telling = [line for line in lines if "FATAL" in line or "error:" in line] or lines[-1:]
        reason = telling[-1].partition("FATAL:")[2].strip() or telling[-1] if telling else "no word"
        return f"{what}: {reason} (the log is {self.log})."


def _program_of(pid: int) -> str:
    """The name of the program that runs as `pid`; empty when there is none or it is hidden."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/exe").readlink().name.removesuffix(" (deleted)")
        return ""
    shown = subprocess.run(
        ["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return Path(shown.stdout.strip()).name
