"""For how long untouched drafts of a source stay. Code of before writes rows without it."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("wire", "0006_hold_what_was_killed"),)

    operations = (
        migrations.AddField(
            model_name="wiresource",
            name="spikes_after_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                db_default=14,
                default=14,
                help_text="1 to 365 days in which nobody touched a draft. Empty: they stay. Spiked ones can be brought back.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="spike untouched drafts after … days",
            ),
        ),
        migrations.AddConstraint(
            model_name="wiresource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("spikes_after_days", None), ("spikes_after_days__range", (1, 365)), _connector="OR"
                ),
                name="wire_source_spikes_within_a_year",
            ),
        ),
    )
