"""Let an erasure take the words that a comment is about, with the text they stood in."""

from django.db import migrations

# What a comment is about goes with the text it stood in.
CHANGE_ONLY = """
CREATE OR REPLACE FUNCTION articles_change_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% keeps its rows: they are never deleted', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (to_jsonb(OLD) - TG_ARGV) IS DISTINCT FROM (to_jsonb(NEW) - TG_ARGV)
        AND NOT articles_may_erase(TG_TABLE_NAME, to_jsonb(OLD) - TG_ARGV, to_jsonb(NEW) - TG_ARGV) THEN
        RAISE EXCEPTION '% keeps what was said, where and by whom', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

CHANGE_ONLY_BEFORE = """
CREATE OR REPLACE FUNCTION articles_change_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% keeps its rows: they are never deleted', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (to_jsonb(OLD) - TG_ARGV) IS DISTINCT FROM (to_jsonb(NEW) - TG_ARGV) THEN
        RAISE EXCEPTION '% keeps what was said, where and by whom', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (("articles", "0017_comments"),)
    operations = (migrations.RunSQL(CHANGE_ONLY, CHANGE_ONLY_BEFORE),)
