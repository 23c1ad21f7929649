"""The admin of laureates: a module for each subject."""

from laureates import laureates_admin, results_admin  # noqa: F401
