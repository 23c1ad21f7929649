from django.db import migrations

# The lock on the meeting waits for minutes that are being approved, and is then seen through.
FORWARDS = """
CREATE FUNCTION meetings_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        concerned := ARRAY[NEW.meeting_id];
    ELSIF TG_OP = 'DELETE' THEN
        concerned := ARRAY[OLD.meeting_id];
    ELSE
        concerned := ARRAY[OLD.meeting_id, NEW.meeting_id];
    END IF;
    PERFORM FROM meetings_meeting WHERE id = ANY(concerned) ORDER BY id FOR KEY SHARE;
    IF EXISTS (SELECT FROM meetings_minutes WHERE meeting_id = ANY(concerned)) THEN
        RAISE EXCEPTION 'The minutes of this meeting are approved.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER meetings_decision_stays BEFORE INSERT OR UPDATE OR DELETE ON meetings_decision
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse_closed();
CREATE TRIGGER meetings_agendaitem_stays BEFORE INSERT OR UPDATE OR DELETE ON meetings_agendaitem
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse_closed();
CREATE TRIGGER meetings_attendance_stays BEFORE INSERT OR UPDATE OR DELETE ON meetings_attendance
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse_closed();

CREATE FUNCTION meetings_demand_protocol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_election WHERE id = NEW.id AND state = 'published')
        AND NOT EXISTS (SELECT FROM meetings_protocol WHERE election_id = NEW.id)
    THEN
        RAISE EXCEPTION 'A published result has a protocol.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER meetings_election_has_protocol
    AFTER INSERT OR UPDATE ON meetings_election DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION meetings_demand_protocol();
"""
BACKWARDS = """
DROP TRIGGER meetings_election_has_protocol ON meetings_election;
DROP FUNCTION meetings_demand_protocol();
DROP TRIGGER meetings_attendance_stays ON meetings_attendance;
DROP TRIGGER meetings_agendaitem_stays ON meetings_agendaitem;
DROP TRIGGER meetings_decision_stays ON meetings_decision;
DROP FUNCTION meetings_refuse_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_published_results_stay")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
