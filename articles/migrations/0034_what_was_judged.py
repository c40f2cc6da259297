"""Keep with a verdict what the machine had proposed."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def version():
    return models.BigIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="The version of the gazetteer that it was proposed with when it was judged.",
    )


class Migration(migrations.Migration):
    dependencies = (("articles", "0033_lists_of_few"),)

    operations = (
        migrations.AddField("quote", "judged_version", version()),
        migrations.AddField("relatedlink", "judged_version", version()),
        migrations.AddField("tag", "judged_version", version()),
        migrations.AddField(
            "tag",
            "judged_surfaces",
            ArrayField(
                models.CharField(max_length=300),
                default=list,
                db_default=[],
                blank=True,
                editable=False,
                help_text="The names as they stood in the text when it was judged.",
            ),
        ),
    )
