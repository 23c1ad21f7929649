"""The access table: roles × objects × actions. `python -m tests.access` writes its document.

Add a row beside the view it is about: `rows_public.py`, `rows_cabinet.py`, `rows_admin.py`, and
its objects in `world.py`; a
subject with a file of its own keeps both there.
"""

from tests.access import rows_admin, rows_cabinet, rows_public
from tests.access.world import SUBJECTS

ROWS = [
    *rows_public.ROWS,
    *rows_cabinet.ROWS,
    *rows_admin.ROWS,
    *(row for subject in SUBJECTS for row in subject.ROWS),
]

# Views that need no row -> why.
WITHOUT_ROWS = {
    "healthz": "says whether the process lives",
    "readyz": "says whether the services answer",
    "robots": "for machines",
    "sitemap": "for machines; lists what is public",
    "sitemap_section": "a part of the same",
    "favicon.ico": "a file of the design",
    r"^media/(?P<path>(?:pictures|renditions)/[\w.-]+)$": "public pictures, under random names",
}
