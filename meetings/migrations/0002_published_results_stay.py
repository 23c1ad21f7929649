from django.db import migrations

FORWARDS = """
CREATE FUNCTION meetings_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Published results and approved minutes stay.'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER meetings_protocol_stays BEFORE UPDATE OR DELETE ON meetings_protocol
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse();
CREATE TRIGGER meetings_minutes_stay BEFORE UPDATE OR DELETE ON meetings_minutes
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse();

CREATE FUNCTION meetings_refuse_nomination() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed meetings_nomination := COALESCE(NEW, OLD);
BEGIN
    IF EXISTS (SELECT FROM meetings_protocol WHERE election_id = changed.election_id) THEN
        RAISE EXCEPTION 'The result of this election is published.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN changed;
END
$$;
CREATE TRIGGER meetings_nomination_stays BEFORE INSERT OR UPDATE OR DELETE ON meetings_nomination
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse_nomination();

CREATE FUNCTION meetings_refuse_votes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed meetings_candidateresult := COALESCE(NEW, OLD);
BEGIN
    IF EXISTS (
        SELECT FROM meetings_protocol JOIN meetings_nomination USING (election_id)
        WHERE meetings_nomination.id = changed.nomination_id
    ) THEN
        RAISE EXCEPTION 'The result of this election is published.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN changed;
END
$$;
CREATE TRIGGER meetings_candidateresult_stays
    BEFORE INSERT OR UPDATE OR DELETE ON meetings_candidateresult
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse_votes();

CREATE FUNCTION meetings_refuse_election() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM meetings_protocol WHERE election_id = OLD.id) AND
        (NEW.state, NEW.seats, NEW.ballots, NEW.is_by_consensus, NEW.tie_rule, NEW.tie_note_ru,
         NEW.tie_note_en, NEW.body_id, NEW.opens_at, NEW.closes_at)
        IS DISTINCT FROM
        (OLD.state, OLD.seats, OLD.ballots, OLD.is_by_consensus, OLD.tie_rule, OLD.tie_note_ru,
         OLD.tie_note_en, OLD.body_id, OLD.opens_at, OLD.closes_at)
    THEN
        RAISE EXCEPTION 'The result of this election is published.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER meetings_election_stays BEFORE UPDATE ON meetings_election
    FOR EACH ROW EXECUTE FUNCTION meetings_refuse_election();
"""
BACKWARDS = """
DROP TRIGGER meetings_election_stays ON meetings_election;
DROP FUNCTION meetings_refuse_election();
DROP TRIGGER meetings_candidateresult_stays ON meetings_candidateresult;
DROP FUNCTION meetings_refuse_votes();
DROP TRIGGER meetings_nomination_stays ON meetings_nomination;
DROP FUNCTION meetings_refuse_nomination();
DROP TRIGGER meetings_minutes_stay ON meetings_minutes;
DROP TRIGGER meetings_protocol_stays ON meetings_protocol;
DROP FUNCTION meetings_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
