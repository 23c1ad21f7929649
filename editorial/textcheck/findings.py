"""What the text check says: advice about one place of one column, with the fix that fits it."""

import hashlib
from dataclasses import dataclass
from typing import Any

AROUND = 30


@dataclass(frozen=True)
class Finding:
    """One remark.

    `field` and `language` name the column (both empty: the record as a whole); `start` and `end`
    are places in the stored value, `replacement` what a fix of the kind `fix` ("replace", "swap")
    writes there. `fix` empty: only a person can put it right.
    """

    code: str
    language: str
    field: str
    excerpt: str
    message: Any  # a text, or a lazy translation
    fix: str = ""
    severity: str = "advice"
    start: int = 0
    end: int = 0
    replacement: str = ""
    wrong: str = ""

    @property
    def column(self) -> str:
        """The column of the database; empty where the record as a whole is meant."""
        return f"{self.field}_{self.language}" if self.field else ""

    @property
    def key(self) -> str:
        """Names this remark, its place and its fix: another text gives another key."""
        parts = (self.code, self.column, self.start, self.end, self.wrong, self.replacement)
        text = "\x1f".join(str(part) for part in parts)
        return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
