"""What an import has read of stories that may not be used, for those that come later."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = (
        ("articles", "0038_hold"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.CreateModel(
            name="WithheldStory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "external_id",
                    models.CharField(
                        help_text="As of an article: the archive's name, and the id there.", max_length=200
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="The parts of the line's version number, if any.",
                        size=None,
                    ),
                ),
                (
                    "version_at",
                    models.DateTimeField(
                        blank=True, help_text="When that version was made, where it says so.", null=True
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(
                        blank=True,
                        help_text="When an embargo has passed everywhere. Empty: it does not end by itself.",
                        null=True,
                    ),
                ),
                ("reason", models.CharField(help_text="In words.", max_length=120)),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "withheld stories",
                "ordering": ("-id",),
                "constraints": (
                    models.UniqueConstraint(
                        fields=("external_id", "numbers", "version_at", "until"),
                        name="withheld_story_once_a_version",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=Q(lifted_at=None, lifted_by=None)
                        | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                        name="withheld_story_lifted_by_somebody",
                    ),
                ),
            },
        ),
    )
