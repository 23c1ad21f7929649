"""Who starts the embedded services, and when nobody does: manage.py and the demonstration."""

import os
import signal
import socket
import stat

import pytest

from uclg_portal.services import commands, demo, embedded
from uclg_portal.services.processes import Child, ServicesError


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
