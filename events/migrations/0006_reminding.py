"""Reminders say of what, before or after, to whom and in which words; changes and letters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_inviting_and_asking")]

    operations = [
        migrations.RemoveConstraint("reminderrule", "events_reminderrule_once"),
        migrations.AlterModelOptions("reminderrule", {}),
        migrations.RenameField("reminderrule", "hours_before", "amount"),
        migrations.AddField(
            "reminderrule", "audience", models.CharField(max_length=30, default="placed"),
            preserve_default=False,
        ),
    ]  # fmt: skip
