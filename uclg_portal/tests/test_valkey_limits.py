"""How full Valkey may get, and what goes first: pages, never the queue of tasks."""

import re
from pathlib import Path

from django.conf import settings

from uclg_portal.services import embedded

LIMITS = {"--maxmemory": "256mb", "--maxmemory-policy": "volatile-ttl"}


def test_embedded_valkey_starts_with_the_limits(monkeypatch, tmp_path):
    commands = []
    monkeypatch.setattr(
        embedded.Child, "start", lambda name, command, *_args, **_more: commands.append(command)
    )
    services = embedded.EmbeddedServices(tmp_path)

    services._start_valkey(Path("valkey"), tmp_path / "valkey.sock", tmp_path / "log", None)

    options = dict(zip(commands[0][1::2], commands[0][2::2], strict=True))
    assert {name: options[name] for name in LIMITS} == LIMITS


def test_valkey_of_compose_starts_with_the_limits():
    compose = (Path(settings.BASE_DIR) / "compose.yaml").read_text(encoding="utf-8")
    command = re.search(r"command: \[(valkey-server.+?)\]", compose, re.DOTALL).group(1)
    parts = [part.strip().strip('"') for part in command.split(",")]
    options = dict(zip(parts[1::2], parts[2::2], strict=True))

    assert {name: options[name] for name in LIMITS} == LIMITS
