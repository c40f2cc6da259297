"""A person may choose the country that a story is most about."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = (("articles", "0009_sittings"),)
    operations = (
        migrations.AddField(
            model_name="tag",
            name="is_primary_by_person",
            field=models.BooleanField(
                db_default=False, default=False, help_text="A person says that the story is most about this country."
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                fields=["article"], condition=Q(is_primary_by_person=True), name="tag_one_primary_by_person"
            ),
        ),
    )
