"""The terms by which related news is found, and the indexes by which titles find their stories."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_heartbeat"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleTerm",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id", "term", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                (
                    "term",
                    models.CharField(
                        db_collation="C", help_text="As articles.tagging.relating.terms writes it.", max_length=60
                    ),
                ),
                ("weight", models.SmallIntegerField(help_text="In hundredths.")),
                ("published_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TermFrequency",
            fields=[
                (
                    "number",
                    models.BigIntegerField(
                        help_text="The term's, by articles.tagging.relating.vectors.", primary_key=True, serialize=False
                    ),
                ),
                ("stories", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="TermVector",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="term_vector",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("form", models.PositiveSmallIntegerField(help_text="The version of the engine's terms.")),
                ("terms", models.BinaryField(help_text="As articles.tagging.relating.vectors packs them.")),
            ],
        ),
        migrations.AddIndex(
            model_name="relatedlink",
            index=models.Index(
                django.db.models.functions.text.Upper("title"),
                condition=models.Q(("origin", "import"), ("target__isnull", True), ("url", "")),
                name="related_titles_to_find",
            ),
        ),
        migrations.AddIndex(
            model_name="representation",
            index=models.Index(
                django.db.models.functions.text.Upper("headline"),
                models.OrderBy(models.F("published_at"), descending=True),
                condition=models.Q(("status", "live")),
                name="representations_by_headline",
            ),
        ),
        migrations.AddIndex(
            model_name="termfrequency",
            index=models.Index(fields=["-stories", "number"], name="commonest_terms"),
        ),
        migrations.AddIndex(
            model_name="articleterm",
            index=models.Index(
                models.F("term"),
                models.OrderBy(models.F("published_at"), descending=True),
                models.F("article"),
                include=("weight",),
                name="stories_of_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleterm",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gte", 1)), name="article_term_has_weight"),
        ),
    ]
