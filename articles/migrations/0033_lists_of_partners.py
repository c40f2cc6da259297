"""Find what was updated last, and the story that an edition is the current one of. Built beside the running desk."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = (("articles", "0032_judged_tags"),)

    operations = (
        AddIndexConcurrently(
            "representation",
            models.Index(
                fields=["-updated_at", "-article"],
                condition=models.Q(status="live"),
                name="representations_by_update",
            ),
        ),
        # Of names in Python alone.
        migrations.AlterField(
            "representation",
            "edition",
            models.ForeignKey(
                "articles.Edition",
                on_delete=models.PROTECT,
                null=True,
                related_name="current_for",
                help_text="Empty unless live.",
            ),
        ),
    )
