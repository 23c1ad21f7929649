"""Why a scoring cannot be made: a code for the words of a page, never a NaN in a table."""

from typing import Any


class ScoringRefused(ValueError):
    """The method does not fit the structure or the data.

    `code` names the reason for whoever puts it into words, `params` what it speaks of: `indicator`
    the code of an indicator, `group` that of a group.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(f"{code} {params}" if params else code)
        self.code = code
        self.params = params
