"""What holds a story back. Code of before writes rows without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("articles", "0037_version_of_a_fact"),)

    operations = (
        migrations.AddField(
            model_name="article",
            name="hold_reason",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Why it must not go out, whoever has approved it. Empty: nothing holds it.",
                max_length=300,
            ),
        ),
    )
