"""A new version of a live story may wait for its time; the columns are empty for an older version that runs on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_primary_by_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="update_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="article",
            name="update_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="update_kind",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name="article",
            name="update_notice",
            field=models.TextField(
                blank=True, db_default="", default="", editable=False, help_text="The public notice of a correction."
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="update_notice_kind",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=14),
        ),
        migrations.AddField(
            model_name="article",
            name="update_position",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=4),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("update_at__isnull", False)), fields=["update_at"], name="articles_due_to_update"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("pub_state", "live"),
                        ("update_at__isnull", False),
                        ("update_by__isnull", False),
                        ("update_kind__in", ("minor", "update", "correction")),
                        ("work_state", "approved"),
                    ),
                    models.Q(("update_at", None), ("update_by", None), ("update_kind", ""), ("update_notice", "")),
                    _connector="OR",
                ),
                name="article_update_waits_only_when_live_and_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("update_kind", "correction"), models.Q(("update_notice", ""), _negated=True)),
                    models.Q(
                        models.Q(("update_kind", "correction"), _negated=True),
                        ("update_notice", ""),
                        ("update_notice_kind", ""),
                        ("update_position", ""),
                    ),
                    _connector="OR",
                ),
                name="article_waiting_correction_has_notice",
            ),
        ),
    ]
