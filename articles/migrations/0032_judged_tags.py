"""Find what people have lately said of the tagger's proposals. Built beside the running desk."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = (("articles", "0031_diary"),)

    operations = (
        AddIndexConcurrently(
            "tag",
            models.Index(
                fields=["verdict_at"],
                condition=models.Q(origin="machine", verdict__in=("confirmed", "rejected")),
                name="tags_of_machine_judged",
            ),
        ),
    )
