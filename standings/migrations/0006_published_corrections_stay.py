"""A correction that was published or dropped stays as it is; triggers hold its answers already."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION standings_erratum_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' THEN PERFORM standings_refuse(); END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER standings_erratum_stays BEFORE UPDATE OR DELETE ON standings_erratum
  FOR EACH ROW EXECUTE FUNCTION standings_erratum_stays();
"""

BACKWARDS = """
DROP TRIGGER standings_erratum_stays ON standings_erratum;
DROP FUNCTION standings_erratum_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("standings", "0005_notes")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
