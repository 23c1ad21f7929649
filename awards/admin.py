"""The admin of awards: a module for each subject."""

from awards import calls_admin  # noqa: F401
