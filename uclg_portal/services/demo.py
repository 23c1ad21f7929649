"""The supervisor behind `make demo`: services, preparation, web server, worker, beat.

One process starts all of it and stops it again: on Ctrl-C, on SIGTERM, when a part crashes, and,
through the death signal of its children, even when it is killed itself.
"""

import argparse
import contextlib
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from uclg_portal.services import embedded
from uclg_portal.services.commands import VAR, develop
from uclg_portal.services.embedded import EmbeddedServices
from uclg_portal.services.processes import Child, ServicesError, tied_to_parent, wait_until

ROOT = VAR.parent
PASSWORD = "demo-only-password"
SECONDS_TO_ANSWER = 90


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM, or a closed terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demonstration until it is stopped; the exit status for the shell."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.splitlines()[0])
    parser.add_argument("--reset", action="store_true", help="forget all data first")
    options = parser.parse_args(arguments)
    _stop_on_signals()
    try:
        run(reset=options.reset)
    except StopRequested:
        say("Stopped.")
        return 0
    except ServicesError as error:
        say(f"make demo: {error}")
        return 1
    return 0


def run(*, reset: bool) -> None:
    """Start everything and watch it. Raises ServicesError or StopRequested when it is over."""
    port = chosen_port(os.environ.get("PORT") or "8000")
    address = f"http://localhost:{port}"
    settings = {"DEMO": "1", "SITE_URL": os.environ.get("SITE_URL") or address}
    environ = dict(os.environ) | settings | {"PYTHONUNBUFFERED": "1"}
    environ["DJANGO_SETTINGS_MODULE"] = "uclg_portal.settings"
    environ.pop("DEBUG", None)
    with contextlib.ExitStack() as stack, embedded.explained_errors(VAR):
        services = EmbeddedServices(VAR, purpose="make demo", settings=settings, say=say)
        stack.callback(services.stop)
        is_embedded = embedded.wanted(environ)
        if is_embedded:
            services.reserve()
        elif reset:
            raise ServicesError("DATABASE_URL names a database that is not ours to forget.")
        refuse_busy_port(port)
        if reset:
            services.forget()
            say("The data of the demonstration is removed.")
        if is_embedded:
            say("Starting PostgreSQL and Valkey …")
            services.start()
            embedded.enter(environ, services.environment)
        develop(environ, VAR)
        prepare(environ)
        parts = start_parts(environ, port, stack)
        wait_for_answer(parts[0], port)
        introduce(address)
        watch([*parts, *services.children])


def chosen_port(text: str) -> int:
    """The port number in `text`. Raises ServicesError when it is none."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ServicesError(f"PORT={text} is no port: take a number from 1 to 65535.")
    return int(text)


def refuse_busy_port(port: int) -> None:
    """Raise ServicesError when something listens on the port, on either loopback address."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ServicesError(
                    f"Port {port} is busy: stop what listens there or choose another,"
                    f" for example PORT={port + 1 if port < 65535 else 8000} make demo."
                ) from None
            if error.errno == errno.EACCES:
                raise ServicesError(
                    f"Port {port} is reserved for root: choose one above 1023, for example"
                    " PORT=8000 make demo."
                ) from None
            # A machine without IPv6 refuses in many ways; none of them is a busy port.


def prepare(environ: dict[str, str]) -> None:
    """Run `manage.py prepare` in one process, showing its lines. Raises ServicesError."""
    say("Preparing the database, the languages and the demonstration …")
    log = VAR / "log/prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=tied_to_parent(signal.SIGTERM),
    )
    child = Child("prepare", process, signal.SIGTERM, log)
    lines, is_traceback = [], False
    try:
        with log.open("wb") as output:
            for raw in process.stdout:
                output.write(raw)
                lines.append(raw.decode(errors="replace").rstrip())
                is_traceback |= lines[-1].startswith("Traceback ")
                if not is_traceback:  # a traceback is for the log; its last line is said below
                    say("  " + lines[-1])
                is_traceback &= lines[-1].startswith(("Traceback ", " "))
        process.wait()
    finally:
        child.stop()
        process.stdout.close()
    if process.returncode:
        raise ServicesError(_why_not_prepared(lines, log))


def _why_not_prepared(lines: list[str], log: Path) -> str:
    if any("No space left on device" in line for line in lines):
        return f"The disk that holds {VAR} is full: free some space and try again."
    last = next((line for line in reversed(lines) if line.strip()), "no word")
    return f"Preparing failed: {last} (the whole story is in {_shown(log)})."


def part_commands(port: int) -> list[tuple[str, str, list[str]]]:
    """The parts in the order they start: name, log, and arguments of the interpreter."""
    celery = ["-m", "celery", "-A", "uclg_portal"]
    worker = ["worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "INFO"]
    beat = ["beat", "--pidfile", "", "--schedule", "var/beat-schedule"]
    gunicorn = ["-m", "gunicorn", "uclg_portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    # Without the option gunicorn opens a socket in the home of whoever runs it.
    gunicorn += ["--workers", "2", "--graceful-timeout", "5", "--no-control-socket"]
    return [
        ("The worker", "worker", [*celery, *worker]),
        ("Beat", "beat", [*celery, *beat]),
        ("The web server", "web", gunicorn),
    ]


def start_parts(environ: dict[str, str], port: int, stack: contextlib.ExitStack) -> list[Child]:
    """Start all parts, which `stack` will stop; the web server is the first of the answer."""
    say("Starting the web server, the worker and the timetable …")
    parts = []
    for name, log, arguments in part_commands(port):
        command = [sys.executable, *arguments]
        part = Child.start(name, command, VAR / f"log/{log}.log", env=environ, cwd=ROOT)
        parts.insert(0, part)
        stack.callback(part.stop)
    stack.callback(ask_to_stop, parts)
    return parts


def ask_to_stop(parts: Sequence[Child]) -> None:
    """Ask all parts, front to back; they are waited for afterwards, so that it is quick."""
    for part in parts:
        part.ask_to_stop()


def wait_for_answer(web: Child, port: int) -> None:
    """Wait until /healthz answers 200. Raises ServicesError with the end of the log."""

    def slow() -> None:
        say("Waiting for the first answer …")

    def answers() -> bool:
        return healthy(port)

    if not wait_until(answers, web, seconds=SECONDS_TO_ANSWER, pause=0.25, slow=slow):
        raise ServicesError(obituary(web))


def healthy(port: int) -> bool:
    """Whether the web server on this port says that it is alive."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    return False


def watch(parts: Sequence[Child]) -> None:
    """Sleep until a part ends. Raises ServicesError with the last lines of its log."""
    while True:
        for part in parts:
            if not part.is_running:
                raise ServicesError(obituary(part))
        time.sleep(0.5)


def obituary(part: Child) -> str:
    """What happened to a part, with the end of its log."""
    status = part.process.poll()
    if status is None:
        happened = "gives no healthy answer"
    elif status < 0:
        happened = f"was killed by {signal.Signals(-status).name}"
    else:
        happened = f"stopped with status {status}"
    lines = "".join(f"\n    {line}" for line in part.last_lines())
    return f"{part.name} {happened}. The end of {_shown(part.log)}:{lines or ' nothing'}"


def introduce(address: str) -> None:
    """Print where the portal is and who may sign in."""
    people = tomllib.loads((ROOT / "demonstration/people.toml").read_text())["people"]
    sign_ins = [
        f"  {person['email']:26} {person['role'].replace('_', ' ')}"
        + (f" of {person['member']}" if "member" in person else "")
        for person in people
    ]
    say(
        "\n".join(
            [
                "",
                f"The portal runs: {address}/ru/ and {address}/en/",
                f"  cabinet of a city: {address}/ru/cabinet/",
                f"  secretariat:       {address}/admin/",
                "",
                f"Demonstration sign-ins, all with the password {PASSWORD}",
                *sign_ins,
                "",
                "Logs are in var/log. Ctrl-C stops everything.",
            ]
        )
    )


def say(line: str) -> None:
    """Print a line; a reader that has gone away is no reason to die."""
    try:
        print(line, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop_on_signals() -> None:
    """Raise StopRequested on the first signal; further ones do not disturb the stopping."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        say("\nStopping …")
        raise StopRequested

    for each in signals:
        signal.signal(each, stop)


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


if __name__ == "__main__":
    sys.exit(main())
