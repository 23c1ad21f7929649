"""Who takes part in a part of an event is coming to the whole: held by the database.

Judged at the end of the transaction, by the rows as they are then. Requests after the deadline may
come from a participant's own link.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION events_participant_in_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own events_participant%ROWTYPE; active text[];
BEGIN
    active := ARRAY['pending', 'confirmed', 'offered', 'waiting', 'over_quota'];
    SELECT * INTO own FROM events_participant WHERE id = NEW.id;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF own.whole_id IS NOT NULL AND own.status = ANY (active) AND NOT EXISTS (
        SELECT FROM events_participant AS whole
        JOIN events_event AS part ON part.id = own.event_id AND part.parent_id = whole.event_id
        WHERE whole.id = own.whole_id AND whole.status = ANY (active)
    ) OR own.status <> ALL (active) AND EXISTS (
        SELECT FROM events_participant AS part
        WHERE part.whole_id = own.id AND part.status = ANY (active)
    ) THEN
        RAISE EXCEPTION 'in a part of an event, but not in the whole' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'events_participant_in_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER events_participant_in_whole
    AFTER INSERT OR UPDATE OF status, whole_id, event_id ON events_participant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.whole_id IS NOT NULL OR NEW.status IN ('cancelled', 'declined'))
    EXECUTE FUNCTION events_participant_in_whole();
"""

BACKWARDS = """
DROP TRIGGER events_participant_in_whole ON events_participant;
DROP FUNCTION events_participant_in_whole();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_part_inside_whole"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="changerequest",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
