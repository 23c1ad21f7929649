"""What a capability says when it does nothing."""

from collections.abc import Sequence


class DossierRefused(Exception):
    """Nothing was written; one or several sentences for the reader, in their language."""

    def __init__(self, *reasons: str):
        super().__init__(" ".join(reasons))
        self.reasons: Sequence[str] = reasons
