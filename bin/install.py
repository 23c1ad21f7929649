"""Make .venv and install pinned requirements with their hashes, only when they have changed."""

import hashlib
import json
import subprocess
import sys
import time
import venv
from pathlib import Path

VENV = Path(".venv")
PYTHON = VENV / "bin/python"
STAMP = VENV / ".installed"
RUNTIME = Path("requirements.txt")  # every other file contains what this one lists


def main(requirements: Path) -> None:
    """Bring .venv up to date with one requirements file; exits with a line when it cannot."""
    wanted = {file.name: digest(file) for file in (RUNTIME, requirements)}
    if not succeeds(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"):
        print("Making the virtual environment .venv …", flush=True)
        venv.create(VENV, clear=True, symlinks=True, with_pip=True)
    elif wanted.items() <= installed().items():
        return
    elif not succeeds(PYTHON, "-m", "pip", "--version"):
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    STAMP.unlink(missing_ok=True)
    install(requirements)
    STAMP.write_text(json.dumps(wanted))


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """Which requirements files .venv holds, by their digests; empty when that is not known."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def succeeds(*command: str | Path) -> bool:
    """Whether a command can be run and ends well; its output is not shown."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(requirements: Path) -> None:
    """Run pip, showing how far it is; exits with the end of its output when it fails."""
    lines = requirements.read_text().splitlines()
    total = sum("==" in line and not line.startswith((" ", "#")) for line in lines)
    options = ["--require-hashes", "--disable-pip-version-check", "--no-input"]
    command = [PYTHON, "-m", "pip", "install", *options, "--progress-bar", "off", "-r"]
    print(f"Installing {total} pinned packages from {requirements} …", flush=True)
    process = subprocess.Popen(
        [*command, requirements], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    output, collected, told = [], 0, time.monotonic()
    for line in process.stdout:
        output.append(line)
        collected += line.startswith("Collecting ")
        if line.startswith("Installing collected"):
            print("  unpacking …", flush=True)
        elif time.monotonic() - told > 2:
            told = time.monotonic()
            print(f"  fetched {collected} of {total}", flush=True)
    if process.wait():
        print("".join(output[-12:]), end="", file=sys.stderr)
        sys.exit("The packages could not be installed, see above: is the network there?")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"The virtual environment .venv could not be made: {error}.")
