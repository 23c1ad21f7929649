"""The text check: advice on a record before it is published, never a silent change.

`check(record)` gives the findings; `editorial.textcheck.fixing.apply` does what one of them says.
"""

from editorial.textcheck.checking import check
from editorial.textcheck.findings import Finding

__all__ = ["Finding", "check"]
