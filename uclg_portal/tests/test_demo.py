"""`make demo` as a person runs it: the real supervisor in a checkout of its own, until Ctrl-C."""

import contextlib
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from uclg_portal.services import demo

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".ruff_cache", "*.pyc")
SECONDS = 300  # of patience with a busy machine; on a quiet one it takes some twenty


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A copy of the checkout, without data, in a path with spaces that any user can walk to."""
    with tempfile.TemporaryDirectory(prefix="uclg demo of tests ") as name:
        Path(name).chmod(0o755)
        copy = Path(name) / "portal"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        (copy / ".venv").symlink_to(sys.prefix)
        yield copy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """The running supervisor, what it has said, and everything that it has started."""

    def __init__(self, checkout: Path) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = checkout / "said.log"
        # Nothing of the tests' own environment, which names their services and settings.
        environ = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [".venv/bin/python", "-m", "uclg_portal.services.demo"],
                cwd=checkout,
                env=environ | {"PORT": str(self.port), "DEMO_PICTURES": "0"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, is_done: Callable[[], bool]) -> None:
        until = time.monotonic() + SECONDS
        while not is_done():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.2)

    def family(self) -> dict[int, str]:
        """The processes below the supervisor, and itself: numbers and programs."""
        programs, below = {}, {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                program, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
                programs[int(folder.name)] = program
                below.setdefault(int(rest.split()[1]), []).append(int(folder.name))
        found, open_ends = {}, [self.process.pid]
        while open_ends:
            number = open_ends.pop()
            found[number] = programs[number]
            open_ends += below.get(number, [])
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture
def running(checkout) -> Iterator[Demo]:
    started = Demo(checkout)
    yield started
    started.end()


class Visitor:
    """A browser without scripts, with cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def open(self, path: str, **typed: str) -> tuple[int, str, str]:
        """Get a page, or post what is typed: status, the path led to, text; 0 without an answer."""
        data = urllib.parse.urlencode(typed).encode() if typed else None
        try:
            with self.opener.open(self.address + path, data, timeout=60) as answer:
                return answer.status, urllib.parse.urlsplit(answer.url).path, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, path, error.read().decode()
        except OSError:
            return 0, path, ""


def is_alive(number: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def all_well(text: str) -> bool:
    return json.loads(text or "{}") == {"database": "ok", "cache": "ok", "worker": "ok"}


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes in /proc")
def test_demo_starts_serves_and_leaves_nothing_behind_on_ctrl_c(running):
    visitor = Visitor(running.address)
    running.wait_for(lambda: visitor.open("/healthz")[0] == 200)
    running.wait_for(lambda: all_well(visitor.open("/readyz")[2]))
    running.wait_for(lambda: "Ctrl-C stops everything." in running.said())
    assert f"The portal runs: {running.address}/ru/ and {running.address}/en/" in running.said()

    status, _path, page = visitor.open("/ru/")
    assert (status, '<html lang="ru"' in page, "Демонстрация" in page) == (200, True, True)
    [style] = re.findall(r'href="(/static/[^"]+\.css)"', page)[:1]
    assert visitor.open(style)[0] == 200

    _status, _path, page = visitor.open("/accounts/login/")
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))
    status, path, page = visitor.open(
        "/accounts/login/",
        csrfmiddlewaretoken=token,
        login="bishkek@example.org",
        password=demo.PASSWORD,
    )
    assert (status, path) == (200, "/ru/cabinet/bishkek/")
    assert "Бишкек" in page

    family = running.family()
    assert {"postgres", "valkey-server"} <= set(family.values())
    assert len(family) >= 8  # and the supervisor, web with two workers, worker, beat
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0, running.said()
    assert running.said().splitlines()[-2:] == ["Stopping …", "Stopped."]
    assert {number: name for number, name in family.items() if is_alive(number)} == {}
    demo.refuse_busy_port(running.port)
