from django.core.management.base import BaseCommand, CommandError

from accounts import roles


class Command(BaseCommand):
    help = "Bring the groups of the staff roles in line with accounts/deeds.py; run after migrate."

    def handle(self, *args, **options):
        report = roles.sync()
        for change in report.changes:
            self.stdout.write(change)
        if not report.changes:
            self.stdout.write("The roles are as they should be.")
        if report.unknown:
            raise CommandError(f"No such permissions: {', '.join(report.unknown)}.")
