import os
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts import roles
from content import retention
from uclg_portal import catalogues
from uclg_portal.demonstration import load


class Command(BaseCommand):
    help = "Bring database, roles, catalogue and static files up to date, in one process."
    requires_system_checks = []

    def handle(self, *args, **options):
        self._step("translations", catalogues.compile_catalogue)
        self._step("database", lambda: call_command("migrate", verbosity=0, interactive=False))
        self._step("roles", roles.sync)
        self._step(
            "static files",
            lambda: call_command("collectstatic", verbosity=0, interactive=False),
        )
        if settings.DEMO:
            self._step("demonstration", self._demonstration)
        self._step("personal data", retention.open_up)

    def _step(self, name, deed):
        self.stdout.write(f"{name} …")
        self.stdout.flush()
        started = time.monotonic()
        deed()
        self.stdout.write(f"{name}: {time.monotonic() - started:.1f} s")
        self.stdout.flush()

    def _demonstration(self):
        try:
            load.load(self._say, with_pictures=os.environ.get("DEMO_PICTURES") != "0")
        except load.OtherUsers as error:
            raise CommandError(str(error)) from None

    def _say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
