"""Whoever leaves an event, by whatever way, leaves no passport data and no access needs behind."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION travel_forget_who_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM travel_passport WHERE participant_id = NEW.id;
    DELETE FROM travel_accessneeds WHERE participant_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER travel_forget_who_left
    AFTER UPDATE OF status ON events_participant
    FOR EACH ROW WHEN (NEW.status IN ('cancelled', 'declined'))
    EXECUTE FUNCTION travel_forget_who_left();
"""
BACKWARDS = """
DROP TRIGGER travel_forget_who_left ON events_participant;
DROP FUNCTION travel_forget_who_left();
"""


class Migration(migrations.Migration):
    dependencies = [("travel", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
