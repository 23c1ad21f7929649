"""The admin of results: a module for each subject."""

from standings import advice_admin, known_admin, runs_admin, seals_admin  # noqa: F401
