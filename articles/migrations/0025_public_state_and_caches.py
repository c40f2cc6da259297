"""A number for the state of the public's lists, former addresses, and how far caches were purged."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Substr

# What lists for the public are made of, beside rows that are only written together with a representation.
# A constraint trigger waits for the commit, and does nothing the second time in one transaction.
TABLES = (
    "articles_representation",
    "articles_section",
    "articles_author",
    "articles_image",
    "articles_standingpage",
    "entities_entity",
    "entities_country",
    "entities_relation",
)
RAISE = """
CREATE FUNCTION articles_raise_public_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM articles_publicstate WHERE id = 1 AND xmin = pg_current_xact_id()::xid) THEN
        INSERT INTO articles_publicstate (id, number, stamp, at) VALUES (1, 1, gen_random_uuid(), clock_timestamp())
        ON CONFLICT (id) DO UPDATE
        SET number = articles_publicstate.number + 1, stamp = gen_random_uuid(), at = clock_timestamp();
    END IF;
    RETURN NULL;
END $$;
"""
RAISED = RAISE + "".join(
    f"""
CREATE CONSTRAINT TRIGGER public_state_of_{table} AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_raise_public_state();
"""
    for table in TABLES
)
NOT_RAISED = (
    "".join(f"DROP TRIGGER public_state_of_{table} ON {table};" for table in TABLES)
    + "DROP FUNCTION articles_raise_public_state();"
)

# Writes down the address that a row had; one that comes back to a thing that had it long ago is that thing's again.
KEEP = """
CREATE FUNCTION articles_keep_address() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    former text;
BEGIN
    former := CASE TG_ARGV[0]
        WHEN 'section' THEN '/sections/' || OLD.slug || '/'
        WHEN 'author' THEN '/authors/' || OLD.slug || '/'
        ELSE CASE to_jsonb(OLD) ->> 'kind'
            WHEN 'country' THEN '/countries/' || OLD.slug || '/'
            ELSE '/entities/' || (to_jsonb(OLD) ->> 'kind') || '/' || OLD.slug || '/'
        END
    END;
    INSERT INTO articles_formeraddress (path, section_id, author_id, entity_id, created_at) VALUES (
        former,
        CASE TG_ARGV[0] WHEN 'section' THEN OLD.id END,
        CASE TG_ARGV[0] WHEN 'author' THEN OLD.id END,
        CASE TG_ARGV[0] WHEN 'entity' THEN OLD.id END,
        clock_timestamp()
    ) ON CONFLICT (path) DO UPDATE SET
        section_id = EXCLUDED.section_id, author_id = EXCLUDED.author_id, entity_id = EXCLUDED.entity_id,
        created_at = EXCLUDED.created_at;
    RETURN NULL;
END $$;

CREATE TRIGGER former_address_of_sections AFTER UPDATE ON articles_section
FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION articles_keep_address('section');
CREATE TRIGGER former_address_of_authors AFTER UPDATE ON articles_author
FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION articles_keep_address('author');
CREATE TRIGGER former_address_of_entities AFTER UPDATE ON entities_entity
FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug OR OLD.kind IS DISTINCT FROM NEW.kind)
EXECUTE FUNCTION articles_keep_address('entity');
"""
NOT_KEPT = """
DROP TRIGGER former_address_of_entities ON entities_entity;
DROP TRIGGER former_address_of_authors ON articles_author;
DROP TRIGGER former_address_of_sections ON articles_section;
DROP FUNCTION articles_keep_address();
"""


class Migration(migrations.Migration):
    dependencies = (
        ("articles", "0023_facts_of_representations"),
        ("entities", "0003_clean_names"),
    )

    operations = (
        migrations.AddField(
            "representation",
            "head",
            models.TextField(blank=True, db_default="", default="", help_text="What its page says of it to machines."),
        ),
        migrations.AddIndex(
            "representation",
            models.Index(fields=["article"], condition=Q(status="live", head=""), name="representations_without_head"),
        ),
        migrations.AddIndex(
            "publicaddress",
            models.Index(Substr("path", 9), name="public_addresses_by_slug"),
        ),
        migrations.CreateModel(
            name="PublicState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                (
                    "stamp",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="New with every number, and so after a restored backup.",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=Q(id=1), name="public_state_one_row")]},
        ),
        migrations.CreateModel(
            name="CachePurge",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("epoch", models.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("purged_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
            ],
            options={"constraints": [models.CheckConstraint(condition=Q(id=1), name="cache_purge_one_row")]},
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "path",
                    models.CharField(
                        help_text="As in a request: /entities/unit/first-fleet/.", max_length=200, unique=True
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.section",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.author",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "former addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(section__isnull=False, author=None, entity=None)
                        | Q(section=None, author__isnull=False, entity=None)
                        | Q(section=None, author=None, entity__isnull=False),
                        name="former_address_of_one_thing",
                    )
                ],
            },
        ),
        migrations.RunSQL(RAISED + KEEP, NOT_KEPT + NOT_RAISED),
    )
