"""The admin of awards: a module for each subject."""

from awards import batches_admin, calls_admin, consents_admin, entries_admin  # noqa: F401
