"""Keep beside each stored document what products look at, taken from the newest change of its article.

A server of the version before leaves the column as it is: run `manage.py rebuild_representations` once it has
stopped. Until then a story that it published is outside of every product.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

# Of a story taken down, the facts are those of its last change that left it standing.
FILL = """
UPDATE articles_representation AS representation SET facts = newest.facts_after
FROM (
    SELECT DISTINCT ON (article_id) article_id, facts_after FROM articles_change
    WHERE facts_after IS NOT NULL AND facts_after <> 'null'::jsonb ORDER BY article_id, id DESC
) AS newest
WHERE newest.article_id = representation.article_id
"""


class Migration(migrations.Migration):
    dependencies = (("articles", "0022_stories_and_pictures"),)
    operations = (
        migrations.AddField(
            "representation",
            "facts",
            models.JSONField(
                help_text="What products look at, as in the change log. Of a story taken down: as it was when it was live.",
                null=True,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "representation",
            GinIndex(fields=["facts"], name="representations_by_facts", opclasses=["jsonb_path_ops"]),
        ),
    )
