"""A participant's event is the event of the delegation: held by the database."""

from django.db import migrations, models

import content.timezones

GUARD = """
ALTER TABLE events_delegation
    ADD CONSTRAINT events_delegation_with_event UNIQUE (id, event_id);
ALTER TABLE events_participant
    ADD CONSTRAINT events_participant_event_of_delegation
    FOREIGN KEY (delegation_id, event_id) REFERENCES events_delegation (id, event_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
WITHOUT_GUARD = """
ALTER TABLE events_participant DROP CONSTRAINT events_participant_event_of_delegation;
ALTER TABLE events_delegation DROP CONSTRAINT events_delegation_with_event;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARD, WITHOUT_GUARD),
        migrations.AlterField(
            model_name="event",
            name="time_zone",
            field=models.CharField(
                default="Europe/Moscow",
                max_length=64,
                validators=[content.timezones.validate_time_zone],
                verbose_name="time zone",
            ),
        ),
    ]
