"""The queue of new names has taken the place of `unknown_names`.

The column stays, with a default of the database: the version before still writes it while it runs, and this
one no longer knows it. A migration of a later version drops it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_roles_of_new_names")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE articles_taggingrun ALTER COLUMN unknown_names SET DEFAULT '[]'::jsonb",
                    "ALTER TABLE articles_taggingrun ALTER COLUMN unknown_names DROP DEFAULT",
                )
            ],
            state_operations=[migrations.RemoveField("taggingrun", "unknown_names")],
        )
    ]
