#!/usr/bin/env python
"""Django's commands, with the embedded services around those that need a database."""

import os
import sys


def main() -> None:
    """Run the command in `sys.argv`; see `uclg_portal/services/commands.py` for the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uclg_portal.settings")
    try:
        from django.core.management import execute_from_command_line

        from uclg_portal.services.commands import services_for
    except ModuleNotFoundError as error:
        sys.exit(f"manage.py: {error}. 'make demo' installs what it needs; use .venv/bin/python.")
    with services_for(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
