"""CPU time per answer of a server and its database, with addresses taking turns."""

import http.client
import os
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

SLICE = 0.25
WARM_UP = 6


@dataclass
class Target:
    """An address to ask. `path` may hold `{n}`, a number that is never the same twice."""

    name: str
    port: int
    path: str
    pid: int
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass
class Figure:
    """Medians over the rounds: CPU milliseconds per answer, and bytes of the last one."""

    milliseconds: float
    low: float
    high: float
    size: int


class WrongAnswer(Exception):
    """An address did not answer as it should: a fast error is no fast page."""


def cpu_milliseconds(pids: Iterable[int]) -> float:
    """User and system time of these processes and all their descendants, reaped ones included."""
    total = 0
    for pid in _family(set(pids)):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        total += sum(int(part) for part in stat.rpartition(")")[2].split()[11:15])
    return total * 1000 / os.sysconf("SC_CLK_TCK")


def _family(found: set[int]) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


class Asker:
    """Asks one target, each time on a new connection, as visitors do."""

    number = 0

    def __init__(self, target: Target):
        self.target = target
        self.size = 0

    def ask(self) -> None:
        Asker.number += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.target.port, timeout=60)
        path = self.target.path.replace("{n}", str(Asker.number))
        connection.request("GET", path, headers=self.target.headers)
        answer = connection.getresponse()
        self.size = len(answer.read())
        connection.close()
        if answer.status != self.target.status:
            raise WrongAnswer(f"{self.target.name}: {path} answered {answer.status}")


def measure(targets: list[Target], database: int, rounds: int, seconds: float) -> dict[str, Figure]:
    """Figures by name. `database` is the pid of the database server."""
    askers = {target.name: Asker(target) for target in targets}
    rows: dict[str, list[float]] = {target.name: [] for target in targets}
    for asker in askers.values():
        for _ in range(WARM_UP):
            asker.ask()
    for turn in range(rounds):
        spent = dict.fromkeys(rows, 0.0)
        answers = dict.fromkeys(rows, 0)
        for cycle in range(max(1, round(seconds / SLICE))):
            for target in targets[:: -1 if (turn + cycle) % 2 else 1]:
                before = cpu_milliseconds([target.pid, database])
                until = time.monotonic() + SLICE
                while time.monotonic() < until:
                    askers[target.name].ask()
                    answers[target.name] += 1
                spent[target.name] += cpu_milliseconds([target.pid, database]) - before
        for name, total in spent.items():
            rows[name].append(total / answers[name])
    return {
        name: Figure(statistics.median(row), min(row), max(row), askers[name].size)
        for name, row in rows.items()
    }
