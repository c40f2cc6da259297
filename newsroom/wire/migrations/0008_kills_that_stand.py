"""A kill stands until our story is rid of what was killed, also where the agency has sent it anew. What was ignored before
it was killed stays ignored, and which stories were guessed is known from here on."""

from django.db import migrations, models
from django.db.models import Q


def know_kills_that_stand(apps, schema_editor):
    """What was sent anew forgot when it was killed; our story is held for it all the same."""
    items = apps.get_model("wire", "WireItem").objects
    transitions = apps.get_model("articles", "Transition").objects
    waiting = items.filter(state="taken", killed_at=None, offered_at__isnull=False).exclude(kills_seen="")
    for item in waiting.exclude(article__hold_reason=""):
        held = transitions.filter(article=item.article_id, verb="hold").order_by("id").last()
        if held is not None:
            items.filter(pk=item.pk).update(killed_at=held.at, settled_at=None, settled_by=None)


def forget_them(apps, schema_editor):
    apps.get_model("wire", "WireItem").objects.exclude(state="killed").update(killed_at=None)


class Migration(migrations.Migration):
    dependencies = (("wire", "0007_untouched_drafts"), ("articles", "0038_hold"))

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
        migrations.AddField(
            model_name="wireitem",
            name="killed_fingerprint",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="SHA-256 of the words that were killed, also after other words were sent.",
                max_length=64,
            ),
        ),
        migrations.AddIndex(
            model_name="wireitem",
            index=models.Index(
                condition=Q(("killed_fingerprint", ""), _negated=True),
                fields=["killed_fingerprint"],
                name="wire_items_killed_words",
            ),
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
        migrations.RunPython(know_kills_that_stand, forget_them),
    )
