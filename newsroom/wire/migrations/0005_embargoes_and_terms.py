"""Embargoes that cannot be read, the agency's terms of use, and which of its embargoes our story has heard.

Code of before writes rows without them.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("wire", "0004_kills_seen"),)

    operations = (
        migrations.AddField(
            model_name="wireitem",
            name="embargo_words",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="An embargo of which no time could be read, as the agency wrote it: it has no end.",
                max_length=100,
            ),
        ),
        migrations.AddField(
            model_name="wireitem",
            name="usage_terms",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=500, verbose_name="the agency's terms of use"
            ),
        ),
        migrations.AddField(
            model_name="wireitem",
            name="used_embargo",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The agency's, as our story last heard it.",
                max_length=100,
            ),
        ),
    )
