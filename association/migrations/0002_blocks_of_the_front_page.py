"""The blocks of the front page exist from the first day; staff hide and order them."""

from django.db import migrations

BLOCKS = [
    ("featured", 3), ("events", 4), ("calls", 3), ("deadlines", 4), ("news", 5), ("winners", 3),
    ("rating", 3), ("facts", 3), ("map", 1), ("library", 3), ("partners", 6), ("newsletter", 1),
]  # fmt: skip


def add_blocks(apps, _schema_editor):
    block = apps.get_model("association", "HomeBlock")
    for position, (kind, count) in enumerate(BLOCKS, start=1):
        block.objects.get_or_create(
            kind=kind, defaults={"position": position * 10, "count": count, "version": 1}
        )


class Migration(migrations.Migration):
    dependencies = [("association", "0001_initial")]
    operations = [migrations.RunPython(add_blocks, migrations.RunPython.noop)]
