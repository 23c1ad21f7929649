from django.core.management.base import BaseCommand
from django.db import transaction

from content import search
from content.models import SearchEntry

BATCH = 500


class Command(BaseCommand):
    help = "Write the search index anew from the records."

    def handle(self, *args, **options):
        with transaction.atomic():
            SearchEntry.objects.all().delete()
            for kind in search.kinds():
                entries, count = [], 0
                for record in kind.queryset().iterator(chunk_size=BATCH):
                    entries += search.entries_of(record)
                    if len(entries) >= BATCH:
                        count += len(entries)
                        search.write(entries)
                        entries = []
                search.write(entries)
                self.stdout.write(f"{kind.model._meta.label}: {count + len(entries)}")
