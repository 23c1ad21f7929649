"""Whether a giver takes third parties alone stands in each dossier, too, and is always the call's.

A constraint reads one row: the foreign key over both columns keeps the copy equal, whoever
changes the call; the trigger fills it in, whatever a stale form brings.
"""

from django.db import migrations

FORWARDS = """
ALTER TABLE nominations_outsidecall
    ADD CONSTRAINT nominations_outsidecall_rule UNIQUE (id, third_party_only);
ALTER TABLE nominations_dossier
    ADD CONSTRAINT nominations_dossier_rule_of_the_call FOREIGN KEY (call_id, third_party_only)
    REFERENCES nominations_outsidecall (id, third_party_only) ON UPDATE CASCADE;
CREATE FUNCTION nominations_take_the_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT third_party_only INTO NEW.third_party_only
        FROM nominations_outsidecall WHERE id = NEW.call_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER nominations_take_the_rule
    BEFORE INSERT OR UPDATE ON nominations_dossier
    FOR EACH ROW EXECUTE FUNCTION nominations_take_the_rule();
"""
BACKWARDS = """
DROP TRIGGER nominations_take_the_rule ON nominations_dossier;
DROP FUNCTION nominations_take_the_rule();
ALTER TABLE nominations_dossier DROP CONSTRAINT nominations_dossier_rule_of_the_call;
ALTER TABLE nominations_outsidecall DROP CONSTRAINT nominations_outsidecall_rule;
"""


class Migration(migrations.Migration):
    dependencies = [("nominations", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
