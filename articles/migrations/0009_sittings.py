"""Who sits at which story, and what they typed there and have not saved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_forget_unknown_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tab",
                    models.CharField(
                        help_text="The tab's own name: each loading of the page makes one.", max_length=40
                    ),
                ),
                ("seen_at", models.DateTimeField(help_text="Empty: the tab was closed.", null=True)),
                ("typed_at", models.DateTimeField(null=True)),
                ("fields", models.JSONField(null=True)),
                (
                    "base_version",
                    models.PositiveIntegerField(
                        help_text="The lock version of the copy that was typed into.", null=True
                    ),
                ),
                ("word_count", models.PositiveIntegerField(db_default=0, default=0, help_text="Of the unsaved body.")),
                ("kept_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sittings", to="articles.article"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["seen_at"], name="sittings_last_seen"),
                    models.Index(
                        condition=models.Q(("kept_at__isnull", False)), fields=["kept_at"], name="sittings_last_kept"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "user", "tab"), name="sitting_once_a_tab"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("base_version__isnull", True), ("fields__isnull", True), ("kept_at__isnull", True)
                            ),
                            models.Q(
                                ("base_version__isnull", False), ("fields__isnull", False), ("kept_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="sitting_words_know_their_base",
                    ),
                ],
            },
        ),
    ]
