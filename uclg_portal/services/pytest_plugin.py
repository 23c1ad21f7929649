"""Runs the embedded services around pytest; loaded by `-p` before Django's settings are read.

The data folder is `var/test`, or `var/test-<name>` with UCLG_TEST_INSTANCE=<name>, so that several
runs stand side by side. Workers of xdist inherit the environment and start nothing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from uclg_portal import catalogues
from uclg_portal.services import embedded, migrated
from uclg_portal.services.processes import ServicesError

ROOT = Path(__file__).resolve().parents[2]

# Assigned here, not offered: the package's Celery module has already set the ordinary settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "uclg_portal.settings_test"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start before pytest-django looks at the settings; pytest stops them whatever happens."""
    asked = early_config.known_args_namespace
    if not (asked.help or asked.version or "PYTEST_XDIST_WORKER" in os.environ):
        _start(early_config)
        catalogues.compile_catalogue()
    return (yield)


def _start(config: pytest.Config) -> None:
    instance = os.environ.get("UCLG_TEST_INSTANCE")
    folder = ROOT / "var" / (f"test-{instance}" if instance else "test")
    try:
        if not embedded.wanted(os.environ):
            return
        services = embedded.EmbeddedServices(folder, fast=True, purpose="another test run")
        services.start()
    except ServicesError as error:
        raise pytest.UsageError(str(error)) from None
    config.add_cleanup(services.stop)
    embedded.enter(os.environ, services.environment)
    os.environ["UCLG_TEST_TEMPLATE"] = migrated.template(os.environ["DATABASE_URL"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat in the last summary that the browser group, which `make test` ran before, failed."""
    status = os.environ.get("BROWSER_GROUP", "0")
    if status != "0":
        terminalreporter.section("browser group")
        terminalreporter.line(f"It failed with status {status}: see its own summary above.")
