"""Doors, reports and what comes after an event, in the admin."""

from attendance import (  # noqa: F401 - register their models
    importing_admin,
    report_admin,
    rosters_admin,
)
