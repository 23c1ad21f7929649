"""A part lies within the whole, and a whole is no part: held by the database.

The trigger may be deferred (`events.wholes.moving_together`), so that a whole moves with its parts.
It locks the whole, and a change of the whole waits for that lock: two people at once agree.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION events_event_part_inside() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own events_event%ROWTYPE; whole events_event%ROWTYPE;
BEGIN
    SELECT * INTO own FROM events_event WHERE id = NEW.id;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF own.parent_id IS NOT NULL THEN
        SELECT * INTO whole FROM events_event WHERE id = own.parent_id FOR SHARE;
        IF whole.parent_id IS NOT NULL
            OR EXISTS (SELECT FROM events_event WHERE parent_id = own.id) THEN
            RAISE EXCEPTION 'a part of an event has no parts' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'events_event_parts_two_deep';
        END IF;
        IF own.starts_at < whole.starts_at OR own.ends_at > whole.ends_at THEN
            RAISE EXCEPTION 'a part lies within the whole' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'events_event_part_inside';
        END IF;
    END IF;
    IF EXISTS (
        SELECT FROM events_event
        WHERE parent_id = own.id AND (starts_at < own.starts_at OR ends_at > own.ends_at)
    ) THEN
        RAISE EXCEPTION 'a part lies within the whole' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'events_event_part_inside';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER events_event_part_inside
    AFTER INSERT OR UPDATE OF parent_id, starts_at, ends_at ON events_event
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION events_event_part_inside();
"""
BACKWARDS = """
DROP TRIGGER events_event_part_inside ON events_event;
DROP FUNCTION events_event_part_inside();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0007_reminding_rest")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
