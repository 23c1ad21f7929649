"""An event may be the occasion of a meeting of a body."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_delegation_and_event_agree"),
        ("meetings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="meetings.meeting",
                verbose_name="meeting of a body",
            ),
        ),
    ]
