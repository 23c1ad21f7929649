"""`manage.py rebuild_translations`: the translation states of all records, from their texts.

For a language that was added, and after texts were changed around the save path. A translation
that nobody has judged yet counts as made from the present source.
"""

from django.core.management.base import BaseCommand

from content import translation_state
from translating import desk

AT_ONCE = 500


class Command(BaseCommand):
    help = "Brings the translation states of all records up to date with their texts."

    def handle(self, *args, **options):
        for model in desk.kinds():
            keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(keys), AT_ONCE):
                chunk = model._default_manager.filter(pk__in=keys[start : start + AT_ONCE])
                translation_state.keep_many(list(chunk))
            self.stdout.write(f"{model._meta.label}: {len(keys)}")
