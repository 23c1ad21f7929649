"""The admin of awards: a module for each subject."""

from awards import calls_admin, entries_admin  # noqa: F401
