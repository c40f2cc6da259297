"""The front page arranged by hand; editors and the chief do so, all of the desk see it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERMISSIONS = {
    "view_frontslot": ("Can view place of the front page", ("Reporter", "Editor", "Chief")),
    "add_frontslot": ("Can add place of the front page", ("Editor", "Chief")),
    "change_frontslot": ("Can change place of the front page", ("Editor", "Chief")),
}


# A slot that is filled, moved or cleared changes lists: articles/migrations/0025_public_state_and_caches.py.
RAISE_STATE = """
CREATE CONSTRAINT TRIGGER public_state_of_articles_frontslot AFTER INSERT OR UPDATE OR DELETE ON articles_frontslot
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION articles_raise_public_state();
"""
LEAVE_STATE = "DROP TRIGGER public_state_of_articles_frontslot ON articles_frontslot;"


def give_permissions(apps, schema_editor):
    """The rows of the permissions; Django makes them only after all migrations, and then finds these."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="frontslot"
    )
    permissions = apps.get_model("auth", "Permission").objects
    for codename, (name, groups) in PERMISSIONS.items():
        permission, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=groups):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0025_public_state_and_caches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrontSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("lead", "lead"),
                            ("secondary", "beside the lead"),
                            ("breaking", "breaking strip"),
                            ("section", "pinned in a section"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1 stands first. There are one lead, four beside it and three in a section.",
                        verbose_name="number",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="Only for the breaking strip: what it says. Empty, it says the story’s headline.",
                        max_length=160,
                        verbose_name="words of the strip",
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(
                        blank=True,
                        help_text="From then on the place is filled by itself again. The breaking strip must have an end.",
                        null=True,
                    ),
                ),
                ("placed_at", models.DateTimeField(auto_now=True)),
                (
                    "placed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for a story pinned in a section: which one.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.section",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="front_slots",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "place of the front page",
                "verbose_name_plural": "front page",
                "ordering": ("place", "section__ordinal", "section", "ordinal"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "section", "ordinal"), name="front_slot_filled_once", nulls_distinct=False
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("place__in", ("lead", "secondary"))),
                        fields=("story",),
                        name="front_slot_story_once_at_home",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("place", "section")),
                        fields=("section", "story"),
                        name="front_slot_story_once_in_section",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ordinal", 1), ("place__in", ("lead", "breaking"))),
                            models.Q(("ordinal__range", (1, 4)), ("place", "secondary")),
                            models.Q(("ordinal__range", (1, 3)), ("place", "section")),
                            _connector="OR",
                        ),
                        name="front_slot_number_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", "section"), ("section__isnull", False)),
                            models.Q(models.Q(("place", "section"), _negated=True), ("section", None)),
                            _connector="OR",
                        ),
                        name="front_slot_section_only_if_pinned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("place", "breaking"),
                                ("until__isnull", False),
                                models.Q(
                                    ("story__isnull", False), models.Q(("text", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            models.Q(
                                models.Q(("place", "breaking"), _negated=True), ("story__isnull", False), ("text", "")
                            ),
                            _connector="OR",
                        ),
                        name="front_slot_says_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(RAISE_STATE, LEAVE_STATE),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
