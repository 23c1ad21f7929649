from django.db import migrations

FORWARDS = """
CREATE FUNCTION content_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER content_auditentry_append_only
    BEFORE UPDATE OR DELETE ON content_auditentry
    FOR EACH ROW EXECUTE FUNCTION content_auditentry_refuse();
"""
BACKWARDS = """
DROP TRIGGER content_auditentry_append_only ON content_auditentry;
DROP FUNCTION content_auditentry_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0002_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
