"""Keys may be let have webhooks; those of before are not."""

import django.contrib.postgres.fields
from django.db import migrations, models

import newsroom.partners.models.api_key

SCOPES = {
    "read": "read stories, quotes, countries and entities, and search",
    "changes": "follow the feed of changes",
    "acknowledge": "confirm that killed stories were purged",
    "webhooks": "be told of changes by webhooks",
}


class Migration(migrations.Migration):
    dependencies = (("partners", "0003_roles"),)
    operations = (
        migrations.RemoveConstraint(model_name="apikey", name="key_has_known_scopes"),
        migrations.AlterField(
            model_name="apikey",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=[*SCOPES.items()], max_length=12),
                default=newsroom.partners.models.api_key.all_scopes,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="apikey",
            constraint=models.CheckConstraint(
                condition=models.Q(scopes__contained_by=[*SCOPES]) & models.Q(scopes__len__gte=1),
                name="key_has_known_scopes",
            ),
        ),
    )
