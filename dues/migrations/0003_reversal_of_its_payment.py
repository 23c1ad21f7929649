"""A reversal takes back the whole of a payment of the same invoice: a trigger refuses any other."""

from django.db import migrations

CHECKED = """
CREATE FUNCTION dues_reversal_of_its_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM dues_payment
        WHERE id = NEW.reverses_id AND invoice_id = NEW.invoice_id AND amount = -NEW.amount
    ) THEN
        RAISE EXCEPTION 'Payment % is not reversed by % of invoice %.',
                        NEW.reverses_id, NEW.amount, NEW.invoice_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dues_payment_reversal_of_its_payment';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER dues_payment_reversal_of_its_payment AFTER INSERT ON dues_payment
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL)
    EXECUTE FUNCTION dues_reversal_of_its_payment();
"""
NO_MORE = """
DROP TRIGGER dues_payment_reversal_of_its_payment ON dues_payment;
DROP FUNCTION dues_reversal_of_its_payment();
"""


class Migration(migrations.Migration):
    dependencies = [("dues", "0002_kept_for_good")]

    operations = [migrations.RunSQL(CHECKED, NO_MORE)]
