"""Storylines, whose addresses lead on when they change; editions of exercises with what stories report of them."""

import uuid

import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The models with what Django calls them, and which groups may do what to all of them.
PERMISSIONS = {
    "storyline": "storyline",
    "exerciseedition": "edition of an exercise",
}
GROUPS = {"view": ("Reporter", "Editor", "Chief"), "add": ("Editor", "Chief"), "change": ("Editor", "Chief")}

TABLES = ("articles_storyline", "articles_storylinestory", "articles_exerciseedition", "articles_reportedfact")
# Pages list their stories, and stories name them: articles/migrations/0025_public_state_and_caches.py.
RAISE_STATE = "".join(
    f"""
CREATE CONSTRAINT TRIGGER public_state_of_{table} AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_raise_public_state();
"""
    for table in TABLES
)
LEAVE_STATE = "".join(f"DROP TRIGGER public_state_of_{table} ON {table};" for table in TABLES)

# As for sections and authors, in a function of its own: the one of 0025 serves a running old version unchanged.
KEEP = """
CREATE FUNCTION articles_keep_storyline_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_formeraddress (path, storyline_id, created_at)
    VALUES ('/storylines/' || OLD.slug || '/', OLD.id, clock_timestamp())
    ON CONFLICT (path) DO UPDATE SET storyline_id = EXCLUDED.storyline_id, created_at = EXCLUDED.created_at;
    RETURN NULL;
END $$;

CREATE TRIGGER former_address_of_storylines AFTER UPDATE ON articles_storyline
FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION articles_keep_storyline_address();
"""
NOT_KEPT = """
DROP TRIGGER former_address_of_storylines ON articles_storyline;
DROP FUNCTION articles_keep_storyline_address();
"""


def give_permissions(apps, schema_editor):
    """The rows of the permissions; Django makes them only after all migrations, and then finds these."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions, groups = apps.get_model("auth", "Permission").objects, apps.get_model("auth", "Group").objects
    for model, called in PERMISSIONS.items():
        content_type, _ = content_types.get_or_create(app_label="articles", model=model)
        for does, names in GROUPS.items():
            permission, _ = permissions.get_or_create(
                content_type=content_type, codename=f"{does}_{model}", defaults={"name": f"Can {does} {called}"}
            )
            for group in groups.filter(name__in=names):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_pictures_to_render"),
        ("entities", "0003_clean_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Storyline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of its address. Changed, the earlier address leads on to the new one.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="What the stories tell, as readers see it: “The cable off Hanko”.", max_length=160
                    ),
                ),
                (
                    "intro",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences for somebody who has read none of it. They stand above the stories.",
                        max_length=1200,
                        verbose_name="introduction",
                    ),
                ),
                (
                    "state",
                    models.CharField(choices=[("open", "open"), ("closed", "closed")], default="open", max_length=6),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Off: nobody outside the desk sees it. On, it is public as soon as one of its stories is live.",
                        verbose_name="public",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ("-changed_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="StorylineStory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField(help_text="1 stands first.", verbose_name="number")),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="What the story adds, in a sentence that readers see beside it. Empty: its standfirst stands there.",
                        max_length=240,
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("storyline", "ordinal"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="formeraddress",
            name="former_address_of_one_thing",
        ),
        migrations.AddField(
            model_name="storyline",
            name="changed_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="storyline",
            name="entities",
            field=models.ManyToManyField(
                blank=True,
                help_text="Who and what it is about. Readers see those that a live story of ours names.",
                related_name="+",
                to="entities.entity",
            ),
        ),
        migrations.AddField(
            model_name="storyline",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="storyline",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.storyline"
            ),
        ),
        migrations.AddConstraint(
            model_name="formeraddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author", None), ("entity", None), ("section__isnull", False), ("storyline", None)),
                    models.Q(("author__isnull", False), ("entity", None), ("section", None), ("storyline", None)),
                    models.Q(("author", None), ("entity", None), ("section", None), ("storyline__isnull", False)),
                    models.Q(("author", None), ("entity__isnull", False), ("section", None), ("storyline", None)),
                    _connector="OR",
                ),
                name="former_address_of_one_subject",
            ),
        ),
        migrations.AddField(
            model_name="storylinestory",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="storylinestory",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="in_storylines", to="articles.article"
            ),
        ),
        migrations.AddField(
            model_name="storylinestory",
            name="storyline",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stories", to="articles.storyline"
            ),
        ),
        migrations.AddConstraint(
            model_name="storyline",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("slug", ""), _negated=True), models.Q(("title", ""), _negated=True)),
                name="storyline_has_slug_and_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="storyline",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "closed"))), name="storyline_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="storylinestory",
            constraint=models.UniqueConstraint(fields=("storyline", "article"), name="storyline_has_story_once"),
        ),
        migrations.AddConstraint(
            model_name="storylinestory",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("storyline", "ordinal"),
                name="storyline_number_taken_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="storylinestory",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordinal__gte", 1)), name="storyline_number_from_one"
            ),
        ),
        migrations.CreateModel(
            name="ExerciseEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(help_text="In which it is held, or begins.")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Where editions are counted, or where there are several in a year: 3 for the third.",
                        null=True,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Only where it has one of its own. Empty: the exercise and the year.",
                        max_length=160,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                    "exercise",
                    models.ForeignKey(
                        help_text="The series, or the exercise itself where it is held once.",
                        on_delete=django.db.models.deletion.PROTECT,
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
            ],
            options={
                "verbose_name": "edition of an exercise",
                "verbose_name_plural": "editions of exercises",
                "ordering": ("exercise__sort_name", "-year", "-number", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ReportedFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dates", "dates"),
                            ("host", "host"),
                            ("participant", "participant"),
                            ("figure", "figure"),
                        ],
                        max_length=12,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=120)),
                ("label", models.CharField(blank=True, max_length=80)),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "day"), ("month", "month"), ("quarter", "quarter"), ("year", "year")],
                        max_length=7,
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_facts",
                        to="articles.article",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="articles.exerciseedition"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="entities.entity",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.quote",
                    ),
                ),
            ],
            options={
                "ordering": ("edition", "kind", "label", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="exerciseedition",
            constraint=models.UniqueConstraint(
                fields=("exercise", "year", "number"), name="exercise_edition_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="exerciseedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__range", (1900, 2200))), name="exercise_edition_year_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedfact",
            constraint=models.UniqueConstraint(
                fields=(
                    "edition",
                    "kind",
                    "entity",
                    "role",
                    "label",
                    "value",
                    "unit",
                    "starts",
                    "ends",
                    "article",
                    "quote",
                ),
                name="reported_fact_once_a_source",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends__gte", models.F("starts")),
                        ("entity", None),
                        ("kind", "dates"),
                        ("label", ""),
                        ("starts__isnull", False),
                        ("value", None),
                        models.Q(("precision", ""), _negated=True),
                    ),
                    models.Q(
                        ("ends", None),
                        ("entity__isnull", False),
                        ("kind__in", ("host", "participant")),
                        ("label", ""),
                        ("starts", None),
                        ("value", None),
                    ),
                    models.Q(
                        ("ends", None),
                        ("entity", None),
                        ("kind", "figure"),
                        ("role", ""),
                        ("starts", None),
                        ("value__gte", 0),
                        models.Q(("label", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reported_fact_fits_its_kind",
            ),
        ),
        migrations.RunSQL(RAISE_STATE + KEEP, NOT_KEPT + LEAVE_STATE),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
