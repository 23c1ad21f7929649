"""The admin of results: a module for each subject."""

from standings import runs_admin  # noqa: F401
