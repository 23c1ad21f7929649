"""`python -m tests.access` writes docs/access.md from the rows; it asks no database."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uclg_portal.settings_test")
django.setup()

from tests.access import document, table  # noqa: E402  models are there only after setup

document.write(table.ROWS)
