"""The parts of a composition add up to its total; statuses of the members there are."""

import datetime

from django.db import migrations

ADDS_UP = """
CREATE FUNCTION members_composition_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted integer;
    parts integer;
    number bigint;
BEGIN
    IF TG_TABLE_NAME = 'members_composition' THEN
        number := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        number := OLD.composition_id;
    ELSE
        number := NEW.composition_id;
    END IF;
    SELECT total INTO wanted FROM members_composition WHERE id = number;
    SELECT sum(count) INTO parts FROM members_compositionpart WHERE composition_id = number;
    IF wanted IS NOT NULL AND parts IS NOT NULL AND parts <> wanted THEN
        RAISE EXCEPTION 'The parts of composition % add up to %, not to %', number, parts, wanted
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_composition_adds_up';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_composition_adds_up
    AFTER INSERT OR UPDATE ON members_composition
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION members_composition_adds_up();
CREATE CONSTRAINT TRIGGER members_compositionpart_adds_up
    AFTER INSERT OR UPDATE OR DELETE ON members_compositionpart
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION members_composition_adds_up();
"""
NO_MORE = """
DROP TRIGGER members_compositionpart_adds_up ON members_compositionpart;
DROP TRIGGER members_composition_adds_up ON members_composition;
DROP FUNCTION members_composition_adds_up();
"""


def give_statuses(apps, schema_editor):
    """Every period of membership began with the status "member" and ended with "former"."""
    periods = apps.get_model("members", "MembershipPeriod").objects.all()
    changes = apps.get_model("members", "StatusChange").objects
    one_day = datetime.timedelta(days=1)
    for period in periods.iterator():
        changes.get_or_create(
            member_id=period.member_id, status="member", happened_on=period.starts_on,
            defaults={"precision": period.starts_precision},
        )  # fmt: skip
        if period.ends_on:
            changes.get_or_create(
                member_id=period.member_id, status="former", happened_on=period.ends_on + one_day,
                defaults={
                    "reason_ru": period.note or "Членство закончилось.",
                    "reason_en": "" if period.note else "The membership ended.",
                },
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("members", "0006_lifecycle_and_desk")]

    operations = [
        migrations.RunSQL(ADDS_UP, NO_MORE),
        migrations.RunPython(give_statuses, migrations.RunPython.noop),
    ]
