"""Judging in the secretariat's admin; each page stands in a module of its own."""

from judging import juror_admin, stage_admin  # noqa: F401
