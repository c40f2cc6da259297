"""A kill stands until our story is rid of what was killed, also where the agency has sent it anew. What was ignored before
it was killed stays ignored, and which stories were guessed is known from here on."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = (("wire", "0007_untouched_drafts"),)

    operations = (
        migrations.RemoveConstraint(model_name="wireitem", name="wire_item_killed_says_when"),
        migrations.RemoveIndex(model_name="wireitem", name="wire_items_open_kills"),
        migrations.AddField(
            model_name="wireitem",
            name="is_guess",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="It is a kill in words, and we guessed which story it means.",
            ),
        ),
        migrations.AddField(
            model_name="wireitem",
            name="state_before_kill",
            field=models.CharField(blank=True, db_default="", default="", max_length=7),
        ),
        migrations.AlterField(
            model_name="wireitem",
            name="killed_at",
            field=models.DateTimeField(
                help_text="Also of what was sent anew since, until our story is rid of what was killed.", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="wireitem",
            index=models.Index(
                condition=Q(("killed_at__isnull", False), ("settled_at", None)),
                fields=["killed_at"],
                name="wire_items_open_kills",
            ),
        ),
        migrations.AddConstraint(
            model_name="wireitem",
            constraint=models.CheckConstraint(
                condition=Q(Q(("state", "killed"), _negated=True), ("killed_at__isnull", False), _connector="OR"),
                name="wire_item_killed_says_when",
            ),
        ),
    )
