"""The pictures that wait for their renditions, for the sweep. Built while the desk works."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("articles", "0028_pictures_in_renditions"),)

    operations = (
        AddIndexConcurrently(
            "image",
            models.Index(
                condition=~Q(rendered_x=F("focal_x"), rendered_y=F("focal_y")), fields=["id"], name="images_to_render"
            ),
        ),
    )
