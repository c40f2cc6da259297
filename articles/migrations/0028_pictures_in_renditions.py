"""The renditions of pictures, made by the worker, and by what right each is shown."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0027_words_by_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("whole", "the whole picture"),
                            ("hero", "16:9 around the focal point"),
                            ("share", "1.91:1 around the focal point, for shared addresses"),
                        ],
                        max_length=8,
                    ),
                ),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("bytes", models.PositiveIntegerField()),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("image", "kind", "width", "media_type"),
            },
        ),
        migrations.AddField(
            model_name="image",
            name="rendered",
            field=models.JSONField(
                editable=False,
                help_text="Its renditions as their rows say, so that a page asks nothing more.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="rendered_x",
            field=models.FloatField(editable=False, help_text="The focal point of its renditions.", null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="rendered_y",
            field=models.FloatField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="rendering_at",
            field=models.DateTimeField(editable=False, help_text="When the last attempt began.", null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="rendering_attempts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="rendering_problem",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="image",
            name="rights",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own", "our own"),
                    ("agency", "agency or bought"),
                    ("handout", "handout, official"),
                    ("licence", "free licence (Creative Commons)"),
                    ("public", "public domain"),
                    ("permission", "by permission"),
                ],
                db_default="",
                default="",
                help_text="By what right we show it.",
                max_length=12,
                verbose_name="rights category",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="rights_note",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="The licence with its address, the number of the contract, or who allowed it. Readers do not see it.",
                max_length=300,
                verbose_name="source or proof",
            ),
        ),
        migrations.AddField(
            model_name="rendition",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="renditions", to="articles.image"
            ),
        ),
        migrations.AddIndex(
            model_name="rendition",
            index=models.Index(fields=["file"], name="renditions_by_file"),
        ),
        migrations.AddIndex(
            model_name="rendition",
            index=models.Index(
                condition=models.Q(("replaced_at__isnull", False)), fields=["replaced_at"], name="renditions_replaced"
            ),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("image", "kind", "media_type", "width"),
                name="rendition_once_a_size",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gte", 1), ("width__gte", 1)), name="rendition_has_a_size"
            ),
        ),
    ]
