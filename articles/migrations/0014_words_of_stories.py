"""Find working copies by their words and due times. Built beside the running desk, without a lock on its stories."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models
from django.db.models.functions import Left


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0013_board")]

    operations = [
        AddIndexConcurrently(
            "article", models.Index(fields=["due_at"], name="articles_due", condition=models.Q(due_at__isnull=False))
        ),
        AddIndexConcurrently(
            "article",
            GinIndex(
                SearchVector("headline", "slugline", "standfirst", Left("body", 300_000), config="english"),
                name="articles_words",
            ),
        ),
    ]
