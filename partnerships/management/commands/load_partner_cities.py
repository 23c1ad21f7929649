from django.core.management.base import BaseCommand

from partnerships import citylist


class Command(BaseCommand):
    help = "Adds the partner cities of the shipped list that are not there yet."

    def handle(self, *args, **options):
        self.stdout.write(f"{citylist.load()} cities added.")
