"""Find the newest stories that hold a word without the others. Built beside the running site.

Where the release before still runs, it searches without an index until it is gone.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import F, Func

STRETCH = "floor(extract(epoch FROM %(expressions)s AT TIME ZONE 'UTC') / 432000)::bigint"


class Migration(migrations.Migration):
    atomic = False

    dependencies = (("articles", "0026_pins_on_pages"),)

    operations = (
        AddIndexConcurrently(
            "representation",
            GinIndex(
                Func(
                    F("lexemes"),
                    Func(F("published_at"), template=f"array_to_tsvector(ARRAY['@' || ({STRETCH})::text])"),
                    template="(%(expressions)s)",
                    arg_joiner=" || ",
                ),
                name="representations_words_by_days",
            ),
        ),
        RemoveIndexConcurrently("representation", "representations_search"),
    )
