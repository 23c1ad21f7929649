import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from uclg_portal import catalogues


class Command(BaseCommand):
    help = "Renew, check or compile the Russian catalogue."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("deed", choices=["renew", "check", "compile"])
        parser.add_argument("--add", nargs="*", default=[], type=Path, help="JSON of translations")

    def handle(self, *args, deed, add, **options):
        if deed == "compile":
            catalogues.compile_catalogue()
            return
        if deed == "renew":
            additions = {}
            for path in add:
                additions |= json.loads(path.read_text(encoding="utf-8"))
            catalogues.renew(additions)
        stored = catalogues.stored()
        missing = catalogues.untranslated(stored)
        known = {(entry.context, str(entry.id)) for entry in stored if entry.id}
        wanted = {(entry.context, str(entry.id)) for entry in catalogues.extracted() if entry.id}
        for text in missing:
            self.stdout.write(f"untranslated: {text}")
        for _context, text in sorted(wanted - known, key=str):
            self.stdout.write(f"not in the catalogue: {text}")
        if deed == "check" and (missing or wanted - known):
            raise CommandError("The Russian catalogue is not complete.")
