"""Which kills of a story came already. Code of before writes rows without them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("wire", "0003_sign_in"),)

    operations = (
        migrations.AddField(
            model_name="wireitem",
            name="kills_seen",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Marks of the kills that came, also of those before it was sent anew.",
            ),
        ),
    )
