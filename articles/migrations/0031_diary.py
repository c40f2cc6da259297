"""The diary: what is coming, for the desk and, as far as an editor says so, for readers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

PERMISSIONS = {
    "view_diaryentry": ("Can view diary entry", ("Reporter", "Editor", "Chief")),
    "add_diaryentry": ("Can add diary entry", ("Reporter", "Editor", "Chief")),
    "change_diaryentry": ("Can change diary entry", ("Reporter", "Editor", "Chief")),
}

# A page lists it: articles/migrations/0025_public_state_and_caches.py.
RAISE_STATE = """
CREATE CONSTRAINT TRIGGER public_state_of_articles_diaryentry AFTER INSERT OR UPDATE OR DELETE ON articles_diaryentry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_raise_public_state();
"""
LEAVE_STATE = "DROP TRIGGER public_state_of_articles_diaryentry ON articles_diaryentry;"


def give_permissions(apps, schema_editor):
    """The rows of the permissions; Django makes them only after all migrations, and then finds these."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="diaryentry"
    )
    permissions = apps.get_model("auth", "Permission").objects
    for codename, (name, groups) in PERMISSIONS.items():
        permission, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=groups):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0030_storylines_and_exercises"),
        ("entities", "0003_clean_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DiaryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "title",
                    models.CharField(
                        help_text="What happens: “Bundestag votes on the frigate budget”.", max_length=200
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exercise", "exercise"),
                            ("show", "show"),
                            ("vote", "vote"),
                            ("visit", "visit"),
                            ("deadline", "deadline"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=10,
                    ),
                ),
                ("starts", models.DateField(help_text="Of a month, a quarter or a year its first day.")),
                ("ends", models.DateField(help_text="The last day of it.")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("quarter", "quarter"), ("year", "year")],
                        default="day",
                        max_length=7,
                    ),
                ),
                (
                    "place",
                    models.CharField(blank=True, help_text="A town, a hall, a range: “Setermoen”.", max_length=120),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="For the desk alone, whatever else is public.", max_length=4000
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="On: readers find it under “Coming up”, without the note and the names.",
                        verbose_name="public",
                    ),
                ),
                (
                    "is_cancelled",
                    models.BooleanField(
                        default=False,
                        help_text="It does not take place. Readers who have it in their calendar are told.",
                        verbose_name="cancelled",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who covers it. It stands on their board.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="diary_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entities.country",
                    ),
                ),
                (
                    "entities",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Who and what it is about. Readers see those that a live story of ours names.",
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        help_text="Readers are led to it once it is live.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="diary_entries",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "diary entry",
                "verbose_name_plural": "diary entries",
                "ordering": ("starts", "ends", "id"),
                "indexes": [models.Index(fields=["ends", "starts"], name="diary_by_end")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="diary_entry_titled"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("starts"))), name="diary_entry_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("exercise", "show", "vote", "visit", "deadline", "other"))),
                        name="diary_entry_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("precision__in", ("day", "month", "quarter", "year"))),
                        name="diary_entry_precision_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="notification",
            name="diary_entry",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Of what tells of no story.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.diaryentry",
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.article",
            ),
        ),
        # Every row that stands has an article: it need not be looked at under a lock.
        AddConstraintNotValid(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("article__isnull", False), ("diary_entry__isnull", False), _connector="OR"),
                name="notification_leads_somewhere",
            ),
        ),
        migrations.RunSQL(RAISE_STATE, LEAVE_STATE),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
