"""What was issued stays as it was: triggers refuse changes, deletions, gaps and overpayment."""

from django.db import migrations

KEPT = """
CREATE FUNCTION dues_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_kept_for_good';
END $$;
CREATE TRIGGER dues_payment_kept BEFORE UPDATE OR DELETE ON dues_payment
    FOR EACH ROW EXECUTE FUNCTION dues_refuse_change();
CREATE TRIGGER dues_creditnote_kept BEFORE UPDATE OR DELETE ON dues_creditnote
    FOR EACH ROW EXECUTE FUNCTION dues_refuse_change();
CREATE TRIGGER dues_invoice_not_deleted BEFORE DELETE ON dues_invoice
    FOR EACH ROW EXECUTE FUNCTION dues_refuse_change();
CREATE TRIGGER dues_invoice_kept BEFORE UPDATE ON dues_invoice FOR EACH ROW
    WHEN (OLD.is_cancelled
          OR to_jsonb(OLD) - 'is_cancelled' IS DISTINCT FROM to_jsonb(NEW) - 'is_cancelled')
    EXECUTE FUNCTION dues_refuse_change();

CREATE FUNCTION dues_number_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has_predecessor boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE series_year = $1 AND serial = $2)',
                   TG_TABLE_NAME) INTO has_predecessor USING NEW.series_year, NEW.serial - 1;
    IF NEW.serial < 1 OR (NEW.serial > 1 AND NOT has_predecessor) THEN
        RAISE EXCEPTION 'Number % of % leaves a gap.', NEW.serial, NEW.series_year
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_without_gap';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dues_invoice_without_gap AFTER INSERT ON dues_invoice
    FOR EACH ROW EXECUTE FUNCTION dues_number_without_gap();
CREATE TRIGGER dues_creditnote_without_gap AFTER INSERT ON dues_creditnote
    FOR EACH ROW EXECUTE FUNCTION dues_number_without_gap();

CREATE FUNCTION dues_paid_within_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted numeric;
    cancelled boolean;
    paid numeric;
BEGIN
    SELECT amount, is_cancelled INTO wanted, cancelled FROM dues_invoice WHERE id = NEW.invoice_id;
    SELECT sum(amount) INTO paid FROM dues_payment WHERE invoice_id = NEW.invoice_id;
    IF cancelled OR paid > wanted OR paid < 0 THEN
        RAISE EXCEPTION 'Payments of invoice % come to % of %.', NEW.invoice_id, paid, wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dues_payment_within_invoice';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dues_payment_within_invoice AFTER INSERT ON dues_payment
    FOR EACH ROW EXECUTE FUNCTION dues_paid_within_invoice();

CREATE FUNCTION dues_cancelled_by_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.is_cancelled AND NOT EXISTS (
        SELECT FROM dues_creditnote WHERE invoice_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'Invoice % is cancelled without a credit note.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dues_invoice_cancelled_by_note';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dues_invoice_cancelled_by_note AFTER INSERT OR UPDATE ON dues_invoice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dues_cancelled_by_note();
"""
NO_MORE = """
DROP TRIGGER dues_payment_kept ON dues_payment;
DROP TRIGGER dues_creditnote_kept ON dues_creditnote;
DROP TRIGGER dues_invoice_not_deleted ON dues_invoice;
DROP TRIGGER dues_invoice_kept ON dues_invoice;
DROP TRIGGER dues_invoice_without_gap ON dues_invoice;
DROP TRIGGER dues_creditnote_without_gap ON dues_creditnote;
DROP TRIGGER dues_payment_within_invoice ON dues_payment;
DROP TRIGGER dues_invoice_cancelled_by_note ON dues_invoice;
DROP FUNCTION dues_refuse_change();
DROP FUNCTION dues_number_without_gap();
DROP FUNCTION dues_paid_within_invoice();
DROP FUNCTION dues_cancelled_by_note();
"""


class Migration(migrations.Migration):
    dependencies = [("dues", "0001_scales_and_invoices")]

    operations = [migrations.RunSQL(KEPT, NO_MORE)]
