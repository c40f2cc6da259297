"""Stories pinned on the pages of entities, and which places filled by hand the caches were told of."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

NUMBER = "1 stands first. There are one lead, four beside it, three in a section and on a page."
PLACES = [
    ("lead", "lead"),
    ("secondary", "beside the lead"),
    ("breaking", "breaking strip"),
    ("section", "pinned in a section"),
    ("entity", "pinned on a page"),
]


class Migration(migrations.Migration):
    dependencies = (
        ("articles", "0019_front_slots"),
        ("entities", "0003_clean_names"),
    )

    operations = (
        migrations.AddField(
            "cachepurge",
            "places",
            models.JSONField(
                null=True,
                help_text="What stood in the places filled by hand when the caches were told, by the key of the page.",
            ),
        ),
        migrations.AddField(
            "frontslot",
            "entity",
            models.ForeignKey(
                blank=True,
                help_text="Only for a story pinned on the page of a country, a person, an exercise: whose.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="entities.entity",
            ),
        ),
        migrations.AlterField("frontslot", "place", models.CharField(choices=PLACES, max_length=10)),
        migrations.AlterField(
            "frontslot",
            "ordinal",
            models.PositiveSmallIntegerField(default=1, help_text=NUMBER, verbose_name="number"),
        ),
        migrations.AlterModelOptions(
            "frontslot",
            {
                "ordering": ("place", "section__ordinal", "section", "entity", "ordinal"),
                "verbose_name": "place of the front page",
                "verbose_name_plural": "front page",
            },
        ),
        migrations.AddConstraint(
            "frontslot",
            models.UniqueConstraint(
                fields=("place", "section", "entity", "ordinal"),
                name="front_slot_filled_once_on_page",
                nulls_distinct=False,
            ),
        ),
        migrations.RemoveConstraint("frontslot", "front_slot_filled_once"),
        migrations.AddConstraint(
            "frontslot",
            models.UniqueConstraint(
                condition=Q(place="entity"), fields=("entity", "story"), name="front_slot_story_once_on_page"
            ),
        ),
        migrations.AddConstraint(
            "frontslot",
            models.CheckConstraint(
                condition=Q(place__in=("lead", "breaking"), ordinal=1)
                | Q(place="secondary", ordinal__range=(1, 4))
                | Q(place__in=("section", "entity"), ordinal__range=(1, 3)),
                name="front_slot_number_fits_place",
            ),
        ),
        migrations.RemoveConstraint("frontslot", "front_slot_number_fits"),
        migrations.AddConstraint(
            "frontslot",
            models.CheckConstraint(
                condition=Q(place="entity", entity__isnull=False) | (~Q(place="entity") & Q(entity=None)),
                name="front_slot_entity_only_if_pinned",
            ),
        ),
    )
