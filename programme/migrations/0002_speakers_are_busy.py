from django.db import migrations

# A role carries the span of its session and the person in the whole event: its constraints on
# overlaps read them. The lock on the session waits for whoever is moving it.
FORWARDS = """
CREATE FUNCTION programme_fill_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT CASE WHEN is_dropped THEN NULL ELSE tstzrange(starts_at, ends_at) END
        INTO NEW.busy FROM programme_session WHERE id = NEW.session_id FOR SHARE;
    NEW.who := (
        SELECT COALESCE(whole_id, id) FROM events_participant WHERE id = NEW.participant_id
    );
    RETURN NEW;
END
$$;
CREATE TRIGGER programme_speakerrole_filled BEFORE INSERT OR UPDATE ON programme_speakerrole
    FOR EACH ROW EXECUTE FUNCTION programme_fill_role();

CREATE FUNCTION programme_move_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programme_speakerrole SET busy = NULL WHERE session_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER programme_session_moves_roles
    AFTER UPDATE OF starts_at, ends_at, is_dropped ON programme_session
    FOR EACH ROW EXECUTE FUNCTION programme_move_roles();
"""
BACKWARDS = """
DROP TRIGGER programme_session_moves_roles ON programme_session;
DROP TRIGGER programme_speakerrole_filled ON programme_speakerrole;
DROP FUNCTION programme_move_roles();
DROP FUNCTION programme_fill_role();
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
