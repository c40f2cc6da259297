"""Find quotations by their words, their speaker's name and their day. Built beside the running site."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0020_reports_pages_and_authors")]

    operations = [
        AddIndexConcurrently(
            "editionquote", GinIndex(SearchVector("text", config="english"), name="edition_quotes_words")
        ),
        AddIndexConcurrently(
            "editionquote", GinIndex(SearchVector("speaker_name", config="simple"), name="edition_quotes_speakers")
        ),
        AddIndexConcurrently(
            "editionquote",
            models.Index(fields=["said_on"], name="edition_quotes_days", condition=models.Q(said_on__isnull=False)),
        ),
    ]
