"""The embedded services around one `manage.py` command."""

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path

from uclg_portal.services import embedded
from uclg_portal.services.embedded import AlreadyRunningError, EmbeddedServices
from uclg_portal.services.processes import ServicesError

VAR = Path(__file__).resolve().parents[2] / "var"

WITHOUT_DATABASE = {
    "catalogue",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "version",
}


@contextlib.contextmanager
def services_for(arguments: Sequence[str]) -> Iterator[None]:
    """Run what stands inside with a database and Valkey; `arguments` are those of manage.py.

    With DATABASE_URL and REDIS_URL set, or with the settings of a production installation, nothing
    happens here. Otherwise this is development: DEBUG=1 unless DEMO or DEBUG says more, and a
    SECRET_KEY that is kept in `var/secret-key`. Exits with one sentence when services cannot run.
    """
    environ = os.environ
    try:
        if not embedded.wanted(environ) or _is_production(environ):
            yield
            return
        with contextlib.ExitStack() as stack:
            if _needs_database(arguments):
                embedded.enter(environ, _start_or_attach(stack, f"manage.py {arguments[1]}"))
            develop(environ, VAR)
            yield
    except ServicesError as error:
        sys.exit(f"manage.py: {error}")


def develop(environ: MutableMapping[str, str], folder: Path) -> None:
    """Fill in what development and the demonstration need and production must bring itself."""
    if not environ.get("DEMO"):
        environ.setdefault("DEBUG", "1")
    if not environ.get("SECRET_KEY"):
        environ["SECRET_KEY"] = kept_secret(folder / "secret-key")


def kept_secret(path: Path) -> str:
    """A random key, made once: sessions and second factors outlive a restart. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w") as output:
            output.write(secrets.token_urlsafe(48))
    return path.read_text()


def _start_or_attach(stack: contextlib.ExitStack, purpose: str) -> dict[str, str]:
    services = EmbeddedServices(VAR, purpose=purpose, say=_say)
    try:
        stack.enter_context(services)
    except AlreadyRunningError:
        return services.attach()
    return services.environment


def _is_production(environ: MutableMapping[str, str]) -> bool:
    """Whether somebody configures an installation here and has only forgotten the addresses."""
    return not (environ.get("DEBUG") or environ.get("DEMO")) and any(
        environ.get(name) for name in ("SECRET_KEY", "ALLOWED_HOSTS")
    )


def _needs_database(arguments: Sequence[str]) -> bool:
    if len(arguments) < 2 or {"--help", "-h", "--version"} & set(arguments):
        return False
    return arguments[1] not in WITHOUT_DATABASE or "--database" in arguments


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
