"""What a numbered document says is never changed, and none is deleted."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION content_issueddocument_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.kind, NEW.year, NEW.serial, NEW.number, NEW.code,
            NEW.content_type_id, NEW.object_id, NEW.title_ru, NEW.title_en, NEW.holder_ru,
            NEW.holder_en, NEW.wording_ru, NEW.wording_en, NEW.issued_on, NEW.pdf_id)
        IS DISTINCT FROM (OLD.kind, OLD.year, OLD.serial, OLD.number, OLD.code,
            OLD.content_type_id, OLD.object_id, OLD.title_ru, OLD.title_en, OLD.holder_ru,
            OLD.holder_en, OLD.wording_ru, OLD.wording_en, OLD.issued_on, OLD.pdf_id)
    THEN
        RAISE EXCEPTION 'An issued document stays as it was issued.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER content_issueddocument_stays
    BEFORE UPDATE OR DELETE ON content_issueddocument
    FOR EACH ROW EXECUTE FUNCTION content_issueddocument_stays();
"""
BACKWARDS = """
DROP TRIGGER content_issueddocument_stays ON content_issueddocument;
DROP FUNCTION content_issueddocument_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0004_documents_and_approvals")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
