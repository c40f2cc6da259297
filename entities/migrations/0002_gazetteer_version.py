"""Raise the gazetteer's number with every change of entities and names, in the same transaction."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION entities_raise_gazetteer_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO entities_gazetteerversion (id, number, stamp) VALUES (1, 1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET number = entities_gazetteerversion.number + 1, stamp = gen_random_uuid();
    RETURN NULL;
END $$;

CREATE TRIGGER gazetteer_version_of_names
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON entities_name
FOR EACH STATEMENT EXECUTE FUNCTION entities_raise_gazetteer_version();

CREATE TRIGGER gazetteer_version_of_entities
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON entities_entity
FOR EACH STATEMENT EXECUTE FUNCTION entities_raise_gazetteer_version();

CREATE TRIGGER gazetteer_version_of_countries
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON entities_country
FOR EACH STATEMENT EXECUTE FUNCTION entities_raise_gazetteer_version();
"""

BACKWARD = """
DROP TRIGGER gazetteer_version_of_names ON entities_name;
DROP TRIGGER gazetteer_version_of_entities ON entities_entity;
DROP TRIGGER gazetteer_version_of_countries ON entities_country;
DROP FUNCTION entities_raise_gazetteer_version();
"""


class Migration(migrations.Migration):
    dependencies = (("entities", "0001_initial"),)
    operations = (migrations.RunSQL(FORWARD, BACKWARD),)
