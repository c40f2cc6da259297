"""Find the stories with a picture in their text without reading all others. Built beside the running desk."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = (("articles", "0035_fill_what_was_judged"),)

    operations = (
        AddIndexConcurrently(
            "article",
            models.Index(
                fields=["id"],
                condition=models.Q(body__contains="<img"),
                name="articles_with_pictures",
            ),
        ),
    )
