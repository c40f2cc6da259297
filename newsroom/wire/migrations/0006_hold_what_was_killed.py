"""What agencies killed before holds were known is held back now, and the embargoes that were set are heard."""

from datetime import UTC

from django.db import migrations
from django.db.models import F, Q

BATCH = 1000


def hold_what_was_killed(apps, schema_editor):
    """Kills that only the machine has settled are open again where the draft on our spike is brought back."""
    items = apps.get_model("wire", "WireItem").objects
    articles = apps.get_model("articles", "Article").objects
    killed = items.filter(state="killed", article__isnull=False).exclude(article__pub_state="killed")
    for item in killed.filter(Q(settled_at=None) | Q(settled_by=None)).select_related("source"):
        reason = (
            f"{item.source.credit} has killed this story: spike it, or take out its words. An editor then presses “It "
            "is dealt with” on the page of the wire’s item."
        )
        articles.filter(pk=item.article_id, hold_reason="").update(hold_reason=reason)
        items.filter(pk=item.pk).update(settled_at=None)


def hear_embargoes(apps, schema_editor):
    items = apps.get_model("wire", "WireItem").objects
    bound = items.filter(article__embargo_until=F("embargo_until"), used_embargo="").only("embargo_until")
    for item in bound.iterator(BATCH):
        items.filter(pk=item.pk).update(used_embargo=item.embargo_until.astimezone(UTC).isoformat())


class Migration(migrations.Migration):
    dependencies = (("wire", "0005_embargoes_and_terms"), ("articles", "0038_hold"))
    operations = (
        migrations.RunPython(hold_what_was_killed, migrations.RunPython.noop),
        migrations.RunPython(hear_embargoes, migrations.RunPython.noop),
    )
