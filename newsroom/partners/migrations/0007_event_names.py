"""The log of partners and keys has a page in the admin, and a name there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("partners", "0006_webhook_roles"),)
    operations = (
        migrations.AlterModelOptions(
            name="accessevent",
            options={
                "ordering": ("-id",),
                "verbose_name": "event of partners and keys",
                "verbose_name_plural": "events of partners and keys",
            },
        ),
    )
