"""Sealed results are never changed: places are written with their seal and not after."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION standings_refuse() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'sealed results stay as they are' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'standings_seal_stays';
END $$;

-- The embargo may be moved while it has not come; nothing else ever.
CREATE FUNCTION standings_seal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN PERFORM standings_refuse(); END IF;
  IF OLD.published_at <> NEW.published_at AND OLD.published_at <= now()
  THEN PERFORM standings_refuse(); END IF;
  IF (to_jsonb(OLD) - 'published_at') <> (to_jsonb(NEW) - 'published_at')
  THEN PERFORM standings_refuse(); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER standings_seal_stays BEFORE UPDATE OR DELETE ON standings_seal
  FOR EACH ROW EXECUTE FUNCTION standings_seal_stays();

CREATE FUNCTION standings_standing_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.seal_id IS NOT NULL AND
      (SELECT sealed_at FROM standings_seal WHERE id = NEW.seal_id) < now()
    THEN PERFORM standings_refuse(); END IF;
    RETURN NEW;
  END IF;
  IF OLD.seal_id IS NOT NULL OR (TG_OP = 'UPDATE' AND NEW.seal_id IS NOT NULL)
  THEN PERFORM standings_refuse(); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER standings_standing_stays BEFORE INSERT OR UPDATE OR DELETE ON standings_standing
  FOR EACH ROW EXECUTE FUNCTION standings_standing_stays();

CREATE FUNCTION standings_points_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM standings_refuse();
  RETURN OLD;
END $$;
CREATE TRIGGER standings_points_stay BEFORE UPDATE OR DELETE ON standings_points
  FOR EACH ROW EXECUTE FUNCTION standings_points_stay();

CREATE FUNCTION standings_erratumchange_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM standings_erratum
      WHERE id = COALESCE(NEW.erratum_id, OLD.erratum_id) AND state <> 'draft')
  THEN PERFORM standings_refuse(); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER standings_erratumchange_stays
  BEFORE INSERT OR UPDATE OR DELETE ON standings_erratumchange
  FOR EACH ROW EXECUTE FUNCTION standings_erratumchange_stays();
"""

BACKWARDS = """
DROP TRIGGER standings_erratumchange_stays ON standings_erratumchange;
DROP TRIGGER standings_points_stay ON standings_points;
DROP TRIGGER standings_standing_stays ON standings_standing;
DROP TRIGGER standings_seal_stays ON standings_seal;
DROP FUNCTION standings_erratumchange_stays();
DROP FUNCTION standings_points_stay();
DROP FUNCTION standings_standing_stays();
DROP FUNCTION standings_seal_stays();
DROP FUNCTION standings_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("standings", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
