"""Find what was updated last, what waits for the desk, and the story that an edition is the current one of.

Built beside the running desk.
"""

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
        AddIndexConcurrently(
            "tag",
            models.Index(
                fields=["article"],
                condition=models.Q(verdict="proposed", is_accepted=False),
                name="tags_undecided",
            ),
        ),
        AddIndexConcurrently(
            "quote",
            models.Index(fields=["article"], condition=models.Q(verdict="proposed"), name="quotes_undecided"),
        ),
        AddIndexConcurrently(
            "edition",
            models.Index(fields=["id", "revision"], name="editions_of_revisions"),
        ),
        AddIndexConcurrently(
            "article",
            models.Index(
                fields=["edition", "revision"],
                include=["id"],
                condition=models.Q(work_state="approved", pub_state="live"),
                name="articles_live_and_approved",
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
