"""Groups form a tree within their edition; what was answered or sealed keeps its meaning."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION ratings_group_in_tree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above bigint := NEW.parent_id; steps int := 0;
BEGIN
  WHILE above IS NOT NULL LOOP
    IF above = NEW.id OR steps > 20 THEN
      RAISE EXCEPTION 'a group is no part of itself' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'ratings_indicatorgroup_no_circle';
    END IF;
    IF (SELECT edition_id FROM ratings_indicatorgroup WHERE id = above) <> NEW.edition_id THEN
      RAISE EXCEPTION 'a group stays in its edition' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'ratings_indicatorgroup_one_edition';
    END IF;
    above := (SELECT parent_id FROM ratings_indicatorgroup WHERE id = above);
    steps := steps + 1;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER ratings_indicatorgroup_in_tree BEFORE INSERT OR UPDATE ON ratings_indicatorgroup
  FOR EACH ROW EXECUTE FUNCTION ratings_group_in_tree();

CREATE FUNCTION ratings_indicator_in_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT edition_id FROM ratings_indicatorgroup WHERE id = NEW.group_id) <> NEW.edition_id
    OR (NEW.scale_id IS NOT NULL AND
        (SELECT edition_id FROM ratings_scale WHERE id = NEW.scale_id) <> NEW.edition_id)
    OR (NEW.denominator_indicator_id IS NOT NULL AND (NEW.denominator_indicator_id = NEW.id OR
        (SELECT edition_id FROM ratings_indicator WHERE id = NEW.denominator_indicator_id)
          <> NEW.edition_id))
  THEN
    RAISE EXCEPTION 'an indicator stays in its edition' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'ratings_indicator_one_edition';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ratings_indicator_in_edition BEFORE INSERT OR UPDATE ON ratings_indicator
  FOR EACH ROW EXECUTE FUNCTION ratings_indicator_in_edition();

CREATE FUNCTION ratings_refuse(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this edition was answered or sealed' USING ERRCODE = 'check_violation',
    CONSTRAINT = name;
END $$;

-- What the questionnaire asks stays from the first answer on; wording may be mended, weights may
-- change until the results are sealed.
CREATE FUNCTION ratings_indicator_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE edition ratings_edition;
BEGIN
  SELECT * INTO edition FROM ratings_edition WHERE id = COALESCE(NEW.edition_id, OLD.edition_id);
  IF edition.frozen_at IS NOT NULL AND (TG_OP <> 'UPDATE'
    OR (OLD.code, OLD.kind, OLD.group_id, OLD.edition_id, OLD.scale_id, OLD.is_reversed,
        OLD.denominator, OLD.denominator_indicator_id, OLD.per, OLD.minimum, OLD.maximum,
        OLD.decimals)
      IS DISTINCT FROM
       (NEW.code, NEW.kind, NEW.group_id, NEW.edition_id, NEW.scale_id, NEW.is_reversed,
        NEW.denominator, NEW.denominator_indicator_id, NEW.per, NEW.minimum, NEW.maximum,
        NEW.decimals))
  THEN PERFORM ratings_refuse('ratings_indicator_answered_stays'); END IF;
  IF edition.sealed_at IS NOT NULL AND
    (OLD.weight, OLD.goalpost_low, OLD.goalpost_high, OLD.target)
      IS DISTINCT FROM (NEW.weight, NEW.goalpost_low, NEW.goalpost_high, NEW.target)
  THEN PERFORM ratings_refuse('ratings_indicator_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER ratings_indicator_stays BEFORE INSERT OR UPDATE OR DELETE ON ratings_indicator
  FOR EACH ROW EXECUTE FUNCTION ratings_indicator_stays();

CREATE FUNCTION ratings_group_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE edition ratings_edition;
BEGIN
  SELECT * INTO edition FROM ratings_edition WHERE id = COALESCE(NEW.edition_id, OLD.edition_id);
  IF edition.frozen_at IS NOT NULL AND (TG_OP <> 'UPDATE'
    OR (OLD.code, OLD.parent_id, OLD.edition_id)
      IS DISTINCT FROM (NEW.code, NEW.parent_id, NEW.edition_id))
  THEN PERFORM ratings_refuse('ratings_indicatorgroup_answered_stays'); END IF;
  IF edition.sealed_at IS NOT NULL AND OLD.weight IS DISTINCT FROM NEW.weight
  THEN PERFORM ratings_refuse('ratings_indicatorgroup_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER ratings_indicatorgroup_stays
  BEFORE INSERT OR UPDATE OR DELETE ON ratings_indicatorgroup
  FOR EACH ROW EXECUTE FUNCTION ratings_group_stays();

CREATE FUNCTION ratings_scalestep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'UPDATE'
    OR (OLD.scale_id, OLD.value) IS DISTINCT FROM (NEW.scale_id, NEW.value))
    AND EXISTS (SELECT 1 FROM ratings_scale s JOIN ratings_edition e ON e.id = s.edition_id
      WHERE s.id = COALESCE(NEW.scale_id, OLD.scale_id) AND e.frozen_at IS NOT NULL)
  THEN PERFORM ratings_refuse('ratings_scalestep_answered_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER ratings_scalestep_stays BEFORE INSERT OR UPDATE OR DELETE ON ratings_scalestep
  FOR EACH ROW EXECUTE FUNCTION ratings_scalestep_stays();

-- Classes and method stay from the sealing on; the words of classes may be mended.
CREATE FUNCTION ratings_sizeclass_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'UPDATE'
    OR (OLD.edition_id, OLD.code, OLD.minimum, OLD.maximum)
      IS DISTINCT FROM (NEW.edition_id, NEW.code, NEW.minimum, NEW.maximum))
    AND EXISTS (SELECT 1 FROM ratings_edition e
      WHERE e.id = COALESCE(NEW.edition_id, OLD.edition_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('ratings_sizeclass_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER ratings_sizeclass_stays BEFORE INSERT OR UPDATE OR DELETE ON ratings_sizeclass
  FOR EACH ROW EXECUTE FUNCTION ratings_sizeclass_stays();

CREATE FUNCTION ratings_method_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ratings_edition e
      WHERE e.id = COALESCE(NEW.edition_id, OLD.edition_id) AND e.sealed_at IS NOT NULL)
  THEN PERFORM ratings_refuse('ratings_method_sealed_stays'); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER ratings_method_stays BEFORE INSERT OR UPDATE OR DELETE ON ratings_method
  FOR EACH ROW EXECUTE FUNCTION ratings_method_stays();

CREATE FUNCTION ratings_edition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.frozen_at IS NOT NULL OR OLD.sealed_at IS NOT NULL
    THEN PERFORM ratings_refuse('ratings_edition_answered_stays'); END IF;
    RETURN OLD;
  END IF;
  IF (OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS NULL)
    OR (OLD.sealed_at IS NOT NULL AND
      (OLD.sealed_at, OLD.kind, OLD.rating_id, OLD.year, OLD.population_year, OLD.admits_guests,
       OLD.opened_at, OLD.closes_at)
      IS DISTINCT FROM
      (NEW.sealed_at, NEW.kind, NEW.rating_id, NEW.year, NEW.population_year, NEW.admits_guests,
       NEW.opened_at, NEW.closes_at))
  THEN PERFORM ratings_refuse('ratings_edition_sealed_stays'); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ratings_edition_stays BEFORE UPDATE OR DELETE ON ratings_edition
  FOR EACH ROW EXECUTE FUNCTION ratings_edition_stays();
"""

BACKWARDS = """
DROP TRIGGER ratings_edition_stays ON ratings_edition;
DROP TRIGGER ratings_method_stays ON ratings_method;
DROP TRIGGER ratings_sizeclass_stays ON ratings_sizeclass;
DROP TRIGGER ratings_scalestep_stays ON ratings_scalestep;
DROP TRIGGER ratings_indicatorgroup_stays ON ratings_indicatorgroup;
DROP TRIGGER ratings_indicator_stays ON ratings_indicator;
DROP TRIGGER ratings_indicator_in_edition ON ratings_indicator;
DROP TRIGGER ratings_indicatorgroup_in_tree ON ratings_indicatorgroup;
DROP FUNCTION ratings_edition_stays();
DROP FUNCTION ratings_method_stays();
DROP FUNCTION ratings_sizeclass_stays();
DROP FUNCTION ratings_scalestep_stays();
DROP FUNCTION ratings_group_stays();
DROP FUNCTION ratings_indicator_stays();
DROP FUNCTION ratings_refuse(text);
DROP FUNCTION ratings_indicator_in_edition();
DROP FUNCTION ratings_group_in_tree();
"""


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
