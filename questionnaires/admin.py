"""The admin of questionnaires: a module for each subject."""

from questionnaires import participants_admin  # noqa: F401
