"""One starter at a time: a lock on the data folder that also says where the services are."""

import contextlib
import errno
import fcntl
import json
import os
from pathlib import Path
from typing import Any


class FolderLock:
    """An advisory lock on `<folder>/.lock`; the kernel drops it when its holder dies."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / ".lock"
        self._file: int | None = None

    @property
    def is_ours(self) -> bool:
        return self._file is not None

    def take(self) -> bool:
        """Whether the lock is ours now. Raises OSError when the file cannot be opened."""
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return False
            raise
        self._file = file
        return True

    def describe(self, **facts: Any) -> None:
        """Write down what a second starter wants to know about the holder."""
        os.truncate(self._file, 0)
        os.pwrite(self._file, json.dumps(facts).encode(), 0)

    def holder(self) -> dict[str, Any]:
        """What the holder wrote; empty while it has written nothing."""
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self.path.read_text())
        return {}

    def release(self) -> None:
        if self._file is not None:
            os.truncate(self._file, 0)
            os.close(self._file)
            self._file = None
