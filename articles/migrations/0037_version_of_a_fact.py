"""In which version of its story a fact of an exercise was read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("articles", "0036_stories_with_pictures"),)
    operations = (
        migrations.AddField(
            model_name="reportedfact",
            name="revision",
            field=models.ForeignKey(
                help_text="The version of the story in which it was read, or confirmed last. Empty: the one that is live.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
            ),
        ),
    )
