"""Words and papers of people are erased in time; what was counted stays for ever."""

from django.db import migrations

FORWARDS = """
-- Two years after the sealing, or three after the closing of an edition never sealed; a
-- month less, so that no nightly run is refused by a clock.
CREATE FUNCTION questionnaires_is_over(number bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT COALESCE(sealed_at, closes_at + interval '1 year') < now() - interval '700 days'
  FROM ratings_edition WHERE id = number
$$;

CREATE OR REPLACE FUNCTION questionnaires_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text[] := ARRAY['text', 'comment'];
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.text = '' AND NEW.comment = ''
    AND to_jsonb(NEW) - words = to_jsonb(OLD) - words
    AND questionnaires_is_over((SELECT edition_id FROM questionnaires_response
      WHERE id = NEW.response_id))
  THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM questionnaires_response r JOIN ratings_edition e ON e.id = r.edition_id
      WHERE r.id = COALESCE(NEW.response_id, OLD.response_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('questionnaires_answer_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE OR REPLACE FUNCTION questionnaires_response_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE papers text[] := ARRAY['letter_id', 'letter_details', 'paper_id'];
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.letter_id IS NULL AND NEW.paper_id IS NULL
    AND NEW.letter_details = ''
    AND to_jsonb(NEW) - papers = to_jsonb(OLD) - papers
    AND questionnaires_is_over(NEW.edition_id)
  THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM ratings_edition e
      WHERE e.id = COALESCE(NEW.edition_id, OLD.edition_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('questionnaires_response_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;

CREATE OR REPLACE FUNCTION questionnaires_answerchange_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE words text[] := ARRAY['before', 'after', 'reason'];
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - words = to_jsonb(OLD) - words
    AND NEW.before IN ('', OLD.before) AND NEW.after IN ('', OLD.after)
    AND NEW.reason IN ('', OLD.reason)
    AND questionnaires_is_over((SELECT r.edition_id FROM questionnaires_answer a
      JOIN questionnaires_response r ON r.id = a.response_id WHERE a.id = NEW.answer_id))
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the log of answers is append-only' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'questionnaires_answerchange_append_only';
END $$;
"""

BACKWARDS = """
CREATE OR REPLACE FUNCTION questionnaires_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM questionnaires_response r JOIN ratings_edition e ON e.id = r.edition_id
      WHERE r.id = COALESCE(NEW.response_id, OLD.response_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('questionnaires_answer_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE FUNCTION questionnaires_response_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ratings_edition e
      WHERE e.id = COALESCE(NEW.edition_id, OLD.edition_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('questionnaires_response_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE FUNCTION questionnaires_answerchange_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log of answers is append-only' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'questionnaires_answerchange_append_only';
END $$;
DROP FUNCTION questionnaires_is_over(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_asked_until")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
