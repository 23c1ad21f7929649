"""What no constraint can say: no juror meets a work of their own city, votes come into an open
stage alone, and what was counted stays."""

from django.db import migrations

# Cities are compared by record; where one side has but words, by these and all names of the other.
CONFLICTS = r"""
CREATE FUNCTION judging_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(
        btrim(regexp_replace(
            replace(lower(split_part(words, ',', 1)), 'ё', 'е'), '[\s«»"“”()-]+', ' ', 'g'
        )),
        '^(г\.|гор\.|г |город |city of |the city of )\s*', ''
    )
$$;

CREATE FUNCTION judging_conflicts(wanted bigint)
RETURNS TABLE (juror_id bigint, entry_id bigint) LANGUAGE sql STABLE AS $$
    WITH bound (juror_id, member_id) AS (
        SELECT id, home_id FROM judging_juror WHERE round_id = wanted AND home_id IS NOT NULL
        UNION
        SELECT c.juror_id, c.member_id FROM judging_juror_conflicts c
        JOIN judging_juror j ON j.id = c.juror_id WHERE j.round_id = wanted
    ), spoken (juror_id, words) AS (
        SELECT id, judging_folded(home_text) FROM judging_juror
        WHERE round_id = wanted AND home_text <> ''
    ), city (entry_id, member_id) AS (
        SELECT e.id, m.id FROM awards_entry e JOIN awards_entrant n ON n.id = e.entrant_id
        JOIN members_member m ON m.id IN (e.home_id, e.nominee_member_id, n.home_id)
        WHERE e.round_id = wanted
    ), told (entry_id, words) AS (
        SELECT e.id, judging_folded(t) FROM awards_entry e
        JOIN awards_entrant n ON n.id = e.entrant_id
        CROSS JOIN LATERAL unnest(ARRAY[e.home_text, n.home_text]) AS t
        WHERE e.round_id = wanted AND t <> ''
    ), named (member_id, words) AS (
        SELECT id, judging_folded(unnest(ARRAY[name_ru, name_en])) FROM members_member
        UNION
        SELECT member_id, judging_folded(unnest(ARRAY[name_ru, name_en])) FROM members_membername
    )
    SELECT bound.juror_id, city.entry_id FROM bound JOIN city USING (member_id)
    UNION
    SELECT spoken.juror_id, told.entry_id FROM spoken JOIN told USING (words)
    UNION
    SELECT bound.juror_id, told.entry_id FROM bound JOIN named USING (member_id)
    JOIN told ON told.words = named.words AND named.words <> ''
    UNION
    SELECT spoken.juror_id, city.entry_id FROM city JOIN named USING (member_id)
    JOIN spoken ON spoken.words = named.words AND named.words <> ''
$$;

CREATE FUNCTION judging_check_assigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A city of a juror that is being changed is waited for, and so is a stage being closed.
    PERFORM FROM judging_juror WHERE id IN (SELECT juror_id FROM added) ORDER BY id FOR SHARE;
    PERFORM FROM judging_stage WHERE id IN (SELECT stage_id FROM added) ORDER BY id FOR SHARE;
    IF EXISTS (
        SELECT FROM added a JOIN judging_stage s ON s.id = a.stage_id
        JOIN judging_juror j ON j.id = a.juror_id JOIN awards_entry e ON e.id = a.entry_id
        WHERE j.round_id <> s.round_id OR e.round_id <> s.round_id
    ) THEN
        RAISE EXCEPTION 'Juror, work and stage belong to one round.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'judging_assignment_one_round';
    END IF;
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT s.round_id FROM added a
                     JOIN judging_stage s ON s.id = a.stage_id) AS concerned
        CROSS JOIN LATERAL judging_conflicts(concerned.round_id) AS pair
        JOIN added a ON a.juror_id = pair.juror_id AND a.entry_id = pair.entry_id
    ) THEN
        RAISE EXCEPTION 'A juror never meets works of their own city.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'judging_assignment_own_city';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER judging_assignment_checked AFTER INSERT ON judging_assignment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION judging_check_assigned();
"""
CONFLICTS_GONE = """
DROP TRIGGER judging_assignment_checked ON judging_assignment;
DROP FUNCTION judging_check_assigned();
DROP FUNCTION judging_conflicts(bigint);
DROP FUNCTION judging_folded(text);
"""

VOTES = """
CREATE FUNCTION judging_keep_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_in text;
BEGIN
    SELECT state INTO now_in FROM judging_stage WHERE id = OLD.stage_id FOR SHARE;
    IF now_in = 'closed' THEN
        RAISE EXCEPTION 'This stage is counted: its votes stay.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'judging_assignment_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF (NEW.stage_id, NEW.juror_id, NEW.entry_id) <> (OLD.stage_id, OLD.juror_id, OLD.entry_id) THEN
        RAISE EXCEPTION 'Who judges which work is taken back and made anew, not changed.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'judging_assignment_fixed';
    END IF;
    IF NEW.state = 'voted' AND now_in <> 'open' THEN
        RAISE EXCEPTION 'Votes are given while the stage is open.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'judging_assignment_open_stage';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER judging_assignment_stays BEFORE UPDATE OR DELETE ON judging_assignment
    FOR EACH ROW EXECUTE FUNCTION judging_keep_assignment();

CREATE FUNCTION judging_keep_score() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE own judging_stage%ROWTYPE; criterion judging_criterion%ROWTYPE;
BEGIN
    SELECT s.* INTO own FROM judging_stage s JOIN judging_assignment a ON a.stage_id = s.id
        WHERE a.id = COALESCE(NEW.assignment_id, OLD.assignment_id) FOR SHARE OF s;
    IF own.state <> 'open' THEN
        RAISE EXCEPTION 'Votes are given while the stage is open.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'judging_score_open_stage';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    SELECT * INTO criterion FROM judging_criterion WHERE id = NEW.criterion_id;
    IF NEW.criterion_id IS NOT NULL
            AND (criterion.stage_id <> own.id OR NEW.points > criterion.max_points)
        OR own.method = 'yes_no' AND NEW.points > 1
        OR own.method = 'stars' AND NEW.points NOT BETWEEN 1 AND 5
    THEN
        RAISE EXCEPTION 'These points are beyond the bounds.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'judging_score_within_bounds';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER judging_score_stays BEFORE INSERT OR UPDATE OR DELETE ON judging_score
    FOR EACH ROW EXECUTE FUNCTION judging_keep_score();
"""
VOTES_GONE = """
DROP TRIGGER judging_score_stays ON judging_score;
DROP FUNCTION judging_keep_score();
DROP TRIGGER judging_assignment_stays ON judging_assignment;
DROP FUNCTION judging_keep_assignment();
"""

# A place alone changes, once: where a decision on a tie names the work.
COUNTED = """
CREATE FUNCTION judging_keep_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'place' = to_jsonb(OLD) - 'place'
        AND NEW.place >= OLD.place
        AND EXISTS (
            SELECT FROM judging_tiedecision t
            WHERE t.stage_id = OLD.stage_id AND jsonb_path_exists(
                t."order", '$.** ? (@ == $work)', jsonb_build_object('work', OLD.entry_id)
            )
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was counted stays.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'judging_result_stays';
END
$$;
CREATE TRIGGER judging_result_stays BEFORE UPDATE OR DELETE ON judging_result
    FOR EACH ROW EXECUTE FUNCTION judging_keep_result();

CREATE FUNCTION judging_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was decided stays.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END
$$;
CREATE TRIGGER judging_tiedecision_stays BEFORE UPDATE OR DELETE ON judging_tiedecision
    FOR EACH ROW EXECUTE FUNCTION judging_refuse_change();
CREATE TRIGGER judging_juryprotocol_stays BEFORE UPDATE OR DELETE ON judging_juryprotocol
    FOR EACH ROW EXECUTE FUNCTION judging_refuse_change();

CREATE FUNCTION judging_keep_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['version', 'title', 'title_ru', 'title_en']
        = to_jsonb(OLD) - ARRAY['version', 'title', 'title_ru', 'title_en']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'This stage is counted: it stays.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'judging_stage_stays';
END
$$;
CREATE TRIGGER judging_stage_stays BEFORE UPDATE OR DELETE ON judging_stage
    FOR EACH ROW WHEN (OLD.state = 'closed') EXECUTE FUNCTION judging_keep_stage();
"""
COUNTED_GONE = """
DROP TRIGGER judging_stage_stays ON judging_stage;
DROP FUNCTION judging_keep_stage();
DROP TRIGGER judging_juryprotocol_stays ON judging_juryprotocol;
DROP TRIGGER judging_tiedecision_stays ON judging_tiedecision;
DROP FUNCTION judging_refuse_change();
DROP TRIGGER judging_result_stays ON judging_result;
DROP FUNCTION judging_keep_result();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0001_initial"),
        ("awards", "0001_initial"),
        ("members", "0008_notes_of_confirmations"),
    ]
    operations = [
        migrations.RunSQL(CONFLICTS, CONFLICTS_GONE),
        migrations.RunSQL(VOTES, VOTES_GONE),
        migrations.RunSQL(COUNTED, COUNTED_GONE),
    ]
