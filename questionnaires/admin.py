"""The admin of questionnaires: a module for each subject."""

from questionnaires import expert_admin, participants_admin  # noqa: F401
