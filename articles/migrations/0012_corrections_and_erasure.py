"""Corrections take back tags too and stay as they were told; sealed text may be destroyed, with a trace."""

import django.db.models.deletion
from django.db import migrations, models

# Sealed text may go, and nothing else, in the transaction that writes the erasure's own row for its article.
MAY_ERASE = """
CREATE FUNCTION articles_may_erase(table_name text, before jsonb, after jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    of_article bigint;
    erasable text[];
BEGIN
    IF table_name IN ('articles_editiontag', 'articles_editionquote', 'articles_editionrelated',
                      'articles_editionpicture') THEN
        IF after IS NOT NULL THEN
            RETURN FALSE;
        END IF;
        SELECT article_id INTO of_article FROM articles_edition
        WHERE id = (before ->> 'edition_id')::bigint AND sealed_at IS NOT NULL;
    ELSIF table_name = 'articles_edition' AND after IS NOT NULL AND before ->> 'sealed_at' IS NOT NULL THEN
        of_article := (before ->> 'article_id')::bigint;
        erasable := ARRAY['headline', 'slug', 'standfirst', 'html', 'text', 'blocks', 'dateline', 'bylines',
                          'image_id', 'source_name'];
    ELSIF table_name = 'articles_revision' AND after IS NOT NULL THEN
        SELECT id INTO of_article FROM articles_article
        WHERE id = (before ->> 'article_id')::bigint
            AND (pub_state = 'killed' OR revision_id <> (before ->> 'id')::bigint)
            AND NOT EXISTS (
                SELECT 1 FROM articles_edition
                WHERE revision_id = (before ->> 'id')::bigint AND sealed_at IS NULL
            );
        erasable := ARRAY['snapshot', 'text', 'blocks', 'note'];
    ELSIF table_name = 'articles_commentthread' AND after IS NOT NULL THEN
        of_article := (before ->> 'article_id')::bigint;
        erasable := ARRAY['words'];
    END IF;
    RETURN of_article IS NOT NULL
        AND (after IS NULL OR before - erasable = after - erasable)
        AND EXISTS (
            SELECT 1 FROM articles_erasure WHERE article_id = of_article AND transaction_id = txid_current()
        );
END $$;
"""

APPEND_ONLY = """
CREATE OR REPLACE FUNCTION articles_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb;
    fillable text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF articles_may_erase(TG_TABLE_NAME, before, NULL) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% is append-only: rows are never deleted', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    after := to_jsonb(NEW);
    FOREACH fillable IN ARRAY COALESCE(TG_ARGV, '{}') LOOP
        IF before -> fillable = 'null'::jsonb AND after -> fillable <> 'null'::jsonb THEN
            before := before - fillable;
            after := after - fillable;
        END IF;
    END LOOP;
    IF before IS DISTINCT FROM after OR TG_NARGS = 0 THEN
        IF articles_may_erase(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '% is append-only: rows are never changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

APPEND_ONLY_BEFORE = """
CREATE OR REPLACE FUNCTION articles_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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

ERASURE = """
CREATE FUNCTION articles_stamp_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaction_id := txid_current();
    RETURN NEW;
END $$;

CREATE TRIGGER articles_erasure_stamp BEFORE INSERT ON articles_erasure
FOR EACH ROW EXECUTE FUNCTION articles_stamp_erasure();

CREATE TRIGGER articles_erasure_append_only BEFORE UPDATE OR DELETE ON articles_erasure
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""

# A correction's change is the last row of its transaction: once it stands, the correction is public.
LATE = """
CREATE FUNCTION articles_refuse_late_retraction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM articles_correction AS correction
        JOIN articles_edition AS edition ON edition.id = correction.edition_id
        JOIN articles_change AS change
            ON change.article_id = correction.article_id AND change.version >= edition.version
        WHERE correction.id = NEW.correction_id
    ) THEN
        RAISE EXCEPTION 'correction % is public: nothing is added to what it takes back', NEW.correction_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TAKEN_BACK = ("articles_correction_retracts", "articles_correction_retracts_entities")

RETRACTIONS = LATE + "".join(
    f"""
CREATE TRIGGER {table}_in_time BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION articles_refuse_late_retraction();

CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""
    for table in TAKEN_BACK
)

BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_in_time ON {table}; DROP TRIGGER {table}_append_only ON {table};" for table in TAKEN_BACK
    )
    + "DROP FUNCTION articles_refuse_late_retraction();"
    + "DROP TRIGGER articles_erasure_append_only ON articles_erasure;"
    + "DROP TRIGGER articles_erasure_stamp ON articles_erasure;"
    + "DROP FUNCTION articles_stamp_erasure();"
    + APPEND_ONLY_BEFORE
    + "DROP FUNCTION articles_may_erase(text, jsonb, jsonb);"
)


class Migration(migrations.Migration):
    dependencies = (("articles", "0011_scheduled_updates"), ("entities", "0002_gazetteer_version"))
    operations = (
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(help_text="The order: court, file number, date.", max_length=300)),
                (
                    "operator",
                    models.CharField(help_text="Who ran the command, as the system knows them.", max_length=150),
                ),
                (
                    "erased",
                    models.JSONField(
                        help_text="{versions: [{version, sha256}], revisions: [{number, sha256}]}: digests of the plain texts."
                    ),
                ),
                ("transaction_id", models.BigIntegerField(default=0, editable=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="articles.article"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="erasure_names_its_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("operator", ""), _negated=True), name="erasure_names_who"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="correction",
            name="retracts_entities",
            field=models.ManyToManyField(
                blank=True,
                help_text="Countries and entities that the story was tagged with by mistake.",
                related_name="+",
                to="entities.entity",
            ),
        ),
        migrations.RunSQL(MAY_ERASE + APPEND_ONLY + ERASURE + RETRACTIONS, BACKWARD),
    )
