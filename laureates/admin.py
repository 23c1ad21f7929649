"""The admin of laureates: a module for each subject."""

from laureates import diplomas_admin, laureates_admin, results_admin  # noqa: F401
