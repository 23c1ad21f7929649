"""The admin of ratings: a module for each subject."""

from ratings import admin_editions, admin_structure  # noqa: F401
