"""Storylines: stories in the order of an editor; their addresses, when those change, lead on."""

import uuid

import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERMISSIONS = {
    "view_storyline": ("Can view storyline", ("Reporter", "Editor", "Chief")),
    "add_storyline": ("Can add storyline", ("Editor", "Chief")),
    "change_storyline": ("Can change storyline", ("Editor", "Chief")),
}

# Pages list their stories, and stories name them: articles/migrations/0025_public_state_and_caches.py.
RAISE_STATE = "".join(
    f"""
CREATE CONSTRAINT TRIGGER public_state_of_{table} AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_raise_public_state();
"""
    for table in ("articles_storyline", "articles_storylinestory")
)
LEAVE_STATE = """
DROP TRIGGER public_state_of_articles_storyline ON articles_storyline;
DROP TRIGGER public_state_of_articles_storylinestory ON articles_storylinestory;
"""

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
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="storyline"
    )
    permissions = apps.get_model("auth", "Permission").objects
    for codename, (name, groups) in PERMISSIONS.items():
        permission, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=groups):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0026_pins_on_pages"),
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
        migrations.RunSQL(RAISE_STATE + KEEP, NOT_KEPT + LEAVE_STATE),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
