"""What can still be known of the proposals behind earlier verdicts.

The names are those of today's evidence. The version is that of the newest reading before the verdict; where the story
has been read again since, it stays unknown.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 1000


def fill(apps, schema_editor):
    run = apps.get_model("articles", "TaggingRun").objects.filter(
        revision__article=OuterRef("article"), gazetteer_version__gt=0, finished_at__lte=OuterRef("verdict_at")
    )
    version = {"judged_version": Subquery(run.order_by("-finished_at").values("gazetteer_version")[:1])}
    mention = apps.get_model("articles", "Mention").objects.filter(tag=OuterRef("pk")).order_by("surface")
    surfaces = {"judged_surfaces": ArraySubquery(mention.values("surface").distinct())}
    for name, columns in (("Tag", version | surfaces), ("Quote", version), ("RelatedLink", version)):
        _fill(apps.get_model("articles", name), columns)


def _fill(model, columns):
    """What somebody judges meanwhile is left as it was written then."""
    judged = model.objects.filter(verdict_at__isnull=False, judged_version=None)
    last = 0
    while keys := list(judged.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        judged.filter(pk__in=keys).update(**columns)
        last = keys[-1]


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("articles", "0034_what_was_judged"),)
    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
