"""Answers belong to their edition and stay once it is sealed; their log is append-only."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION questionnaires_answer_in_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT edition_id FROM questionnaires_response WHERE id = NEW.response_id)
    <> (SELECT edition_id FROM ratings_indicator WHERE id = NEW.indicator_id)
    OR (NEW.step_id IS NOT NULL AND
      (SELECT scale_id FROM ratings_scalestep WHERE id = NEW.step_id) IS DISTINCT FROM
      (SELECT scale_id FROM ratings_indicator WHERE id = NEW.indicator_id))
  THEN
    RAISE EXCEPTION 'an answer belongs to its edition' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'questionnaires_answer_one_edition';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER questionnaires_answer_in_edition BEFORE INSERT OR UPDATE ON questionnaires_answer
  FOR EACH ROW EXECUTE FUNCTION questionnaires_answer_in_edition();

CREATE FUNCTION questionnaires_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM questionnaires_response r JOIN ratings_edition e ON e.id = r.edition_id
      WHERE r.id = COALESCE(NEW.response_id, OLD.response_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('questionnaires_answer_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER questionnaires_answer_stays
  BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_answer
  FOR EACH ROW EXECUTE FUNCTION questionnaires_answer_stays();

CREATE FUNCTION questionnaires_response_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ratings_edition e
      WHERE e.id = COALESCE(NEW.edition_id, OLD.edition_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('questionnaires_response_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER questionnaires_response_stays
  BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_response
  FOR EACH ROW EXECUTE FUNCTION questionnaires_response_stays();

CREATE FUNCTION questionnaires_answerchange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log of answers is append-only' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'questionnaires_answerchange_append_only';
END $$;
CREATE TRIGGER questionnaires_answerchange_append_only
  BEFORE UPDATE OR DELETE ON questionnaires_answerchange
  FOR EACH ROW EXECUTE FUNCTION questionnaires_answerchange_refuse();
"""

BACKWARDS = """
DROP TRIGGER questionnaires_answerchange_append_only ON questionnaires_answerchange;
DROP TRIGGER questionnaires_response_stays ON questionnaires_response;
DROP TRIGGER questionnaires_answer_stays ON questionnaires_answer;
DROP TRIGGER questionnaires_answer_in_edition ON questionnaires_answer;
DROP FUNCTION questionnaires_answerchange_refuse();
DROP FUNCTION questionnaires_response_stays();
DROP FUNCTION questionnaires_answer_stays();
DROP FUNCTION questionnaires_answer_in_edition();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0001_initial"),
        ("ratings", "0002_structure_stays"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
