"""Guard the append-only tables, and number changes in commit order without a gap."""

from django.db import migrations

# A column named as an argument of the trigger may go from empty to filled, once; nothing else may change.
APPEND_ONLY = """
CREATE FUNCTION articles_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    after jsonb;
    fillable text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% is append-only: rows are never deleted', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    FOREACH fillable IN ARRAY COALESCE(TG_ARGV, '{}') LOOP
        IF before -> fillable = 'null'::jsonb AND after -> fillable <> 'null'::jsonb THEN
            before := before - fillable;
            after := after - fillable;
        END IF;
    END LOOP;
    IF before IS DISTINCT FROM after OR TG_NARGS = 0 THEN
        RAISE EXCEPTION '% is append-only: rows are never changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TABLES = {
    "articles_revision": "",
    "articles_transition": "",
    "articles_correction": "",
    "articles_edition": "'sealed_at'",
    "articles_editiontag": "",
    "articles_editionquote": "",
    "articles_editionrelated": "",
    "articles_change": "'sequence'",
}

GUARDS = "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION articles_append_only({fillable});
"""
    for table, fillable in TABLES.items()
)

# Deferred to the commit, so that the counter's row is locked for the shortest time and the order of the
# numbers is the order of the commits.
SEQUENCE = """
CREATE FUNCTION articles_number_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
BEGIN
    INSERT INTO articles_changecounter (id, sequence, epoch) VALUES (1, 1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET sequence = articles_changecounter.sequence + 1
    RETURNING sequence INTO number;
    IF number IS NULL THEN
        RAISE EXCEPTION 'the change counter gave no number';
    END IF;
    UPDATE articles_change SET sequence = number WHERE id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'change % is gone before it was numbered', NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER articles_change_number AFTER INSERT ON articles_change
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_number_change();
"""

BACKWARD = (
    "DROP TRIGGER articles_change_number ON articles_change; DROP FUNCTION articles_number_change();"
    + "".join(f"DROP TRIGGER {table}_append_only ON {table};" for table in TABLES)
    + "DROP FUNCTION articles_append_only();"
)


class Migration(migrations.Migration):
    dependencies = (("articles", "0001_initial"),)
    operations = (migrations.RunSQL(APPEND_ONLY + GUARDS + SEQUENCE, BACKWARD),)
