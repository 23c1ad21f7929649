from django.core.management.base import BaseCommand, CommandError

from content import retention
from content.models import RetentionRun


class Command(BaseCommand):
    help = "Erase personal data whose time is over. Run it after restoring a backup."

    def handle(self, *args, **options):
        done = retention.run(RetentionRun.Cause.COMMAND)
        for data in retention.registry():
            count = "failed" if data.key in done.failed else done.erased[data.key]
            self.stdout.write(f"{data.key}: {count}")
        if not done.is_complete:
            raise CommandError("Not everything could be erased: sign-in stays closed, see the log.")
