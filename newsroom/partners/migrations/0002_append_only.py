"""Guard what is history: acknowledgements and events for ever, keys but for what may be done to them."""

from django.db import migrations

TABLES = ("partners_acknowledgement", "partners_accessevent", "partners_killreminder")

APPEND_ONLY = "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""
    for table in TABLES
)

# A key may be named, limited, used and ended; it is never another key, and never comes back to life.
KEYS = """
CREATE FUNCTION partners_guard_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'keys are revoked, never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.partner_id, NEW.prefix, NEW.hash, NEW.created_at) IS DISTINCT FROM
        (OLD.partner_id, OLD.prefix, OLD.hash, OLD.created_at) THEN
        RAISE EXCEPTION 'a key never becomes another' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
        RAISE EXCEPTION 'a revoked key stays revoked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER partners_apikey_guard BEFORE UPDATE OR DELETE ON partners_apikey
FOR EACH ROW EXECUTE FUNCTION partners_guard_key();
"""

BACKWARD = "DROP TRIGGER partners_apikey_guard ON partners_apikey; DROP FUNCTION partners_guard_key();" + "".join(
    f"DROP TRIGGER {table}_append_only ON {table};" for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = (("partners", "0001_initial"),)
    operations = (migrations.RunSQL(APPEND_ONLY + KEYS, BACKWARD),)
