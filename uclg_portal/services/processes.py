"""Child processes that end with their parent, each in a session of its own."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
SECONDS_TO_STOP = 10

# Loaded before any fork: a child between fork and exec must not import.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServicesError(Exception):
    """Why the services cannot run: one sentence for the person at the terminal."""


@dataclass(frozen=True)
class ServiceUser:
    """The unprivileged user that PostgreSQL and Valkey run as when root starts them."""

    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def tied_to_parent(death_signal: int) -> Callable[[], None]:
    """A `preexec_fn` after which the kernel sends `death_signal` when the parent dies.

    Popen changes the user before it calls this, which matters: a change of user would undo it.
    """
    parent = os.getpid()

    def tie() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:
                os._exit(1)

    return tie


@dataclass
class Child:
    """A running part: its process, how it is asked to stop, and where it writes."""

    name: str
    process: subprocess.Popen
    stop_signal: int
    log: Path
    is_asked: bool = False

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str | Path],
        log: Path,
        *,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        user: ServiceUser | None = None,
        stop_signal: int = signal.SIGTERM,
    ) -> "Child":
        """Start `command` with its output in `log` (overwritten). Raises OSError."""
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                start_new_session=True,
                preexec_fn=tied_to_parent(stop_signal),
                **(user.popen_arguments() if user else {}),
            )
        return cls(name, process, stop_signal, log)

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Send the signal once: a second one makes some programs drop what they are doing."""
        if self.is_running and not self.is_asked:
            self.is_asked = True
            self.process.send_signal(self.stop_signal)

    def stop(self, seconds: float = SECONDS_TO_STOP) -> None:
        """Ask, wait up to `seconds`, then kill; what is left of its group goes with it."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_lines(self, count: int = 15) -> list[str]:
        """The last non-empty lines of the log, oldest first."""
        return last_lines(self.log, count)


def last_lines(log: Path, count: int = 15) -> list[str]:
    """The last `count` non-empty lines of a log file; none when it cannot be read."""
    with contextlib.suppress(OSError):
        text = log.read_bytes()[-20_000:].decode(errors="replace")
        return [line.rstrip() for line in text.splitlines() if line.strip()][-count:]
    return []


def wait_until(
    is_ready: Callable[[], bool],
    child: Child,
    *,
    seconds: float,
    pause: float = 0.03,
    slow: Callable[[], None] = lambda: None,
) -> bool:
    """Wait for a part: True when ready, False when it ended or `seconds` have passed.

    `slow` is called once after two seconds, so that a long wait is never a silent one.
    """
    started, told = time.monotonic(), False
    while not is_ready():
        waited = time.monotonic() - started
        if not child.is_running or waited > seconds:
            return False
        if waited > 2 and not told:
            told = True
            slow()
        time.sleep(pause)
    return True
