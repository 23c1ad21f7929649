from django.db import migrations

# What was released changes by a correction alone, which says so (`laureates.correcting`).
FORWARDS = """
CREATE FUNCTION laureates_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched laureates_laureate := COALESCE(NEW, OLD);
BEGIN
    IF COALESCE(current_setting('laureates.correcting', true), '') = 'on'
        OR NOT EXISTS (
            SELECT FROM laureates_results
            WHERE round_id IN (OLD.round_id, NEW.round_id) AND released_at IS NOT NULL
        )
        OR (TG_OP = 'UPDATE' AND
            (NEW.award_id, NEW.round_id, NEW.year, NEW.results_of_year, NEW.category_id,
             NEW.entry_id, NEW.kind, NEW.member_id, NEW.honour, NEW.place, NEW.status,
             NEW.published_at, NEW.prize_amount, NEW.prize_currency,
             NEW.title_ru, NEW.title_en, NEW.honour_text_ru, NEW.honour_text_en,
             NEW.category_text_ru, NEW.category_text_en, NEW.citation_ru, NEW.citation_en,
             NEW.work_title_ru, NEW.work_title_en, NEW.jury_words_ru, NEW.jury_words_en)
            IS NOT DISTINCT FROM
            (OLD.award_id, OLD.round_id, OLD.year, OLD.results_of_year, OLD.category_id,
             OLD.entry_id, OLD.kind, OLD.member_id, OLD.honour, OLD.place, OLD.status,
             OLD.published_at, OLD.prize_amount, OLD.prize_currency,
             OLD.title_ru, OLD.title_en, OLD.honour_text_ru, OLD.honour_text_en,
             OLD.category_text_ru, OLD.category_text_en, OLD.citation_ru, OLD.citation_en,
             OLD.work_title_ru, OLD.work_title_en, OLD.jury_words_ru, OLD.jury_words_en))
    THEN
        RETURN touched;
    END IF;
    RAISE EXCEPTION 'Released results change by a correction alone.'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER laureates_laureate_stays BEFORE INSERT OR UPDATE OR DELETE ON laureates_laureate
    FOR EACH ROW EXECUTE FUNCTION laureates_refuse_change();

CREATE FUNCTION laureates_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Corrections of results stay.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER laureates_erratum_stays BEFORE UPDATE OR DELETE ON laureates_erratum
    FOR EACH ROW EXECUTE FUNCTION laureates_refuse();
"""
BACKWARDS = """
DROP TRIGGER laureates_erratum_stays ON laureates_erratum;
DROP FUNCTION laureates_refuse();
DROP TRIGGER laureates_laureate_stays ON laureates_laureate;
DROP FUNCTION laureates_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("laureates", "0003_diplomas_per_person")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
