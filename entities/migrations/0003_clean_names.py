"""Take signs that cannot be seen out of standing names; a name that is then a twin of another goes."""

from django.db import migrations

from entities.plain_text import plain


def clean(apps, schema_editor):
    Name = apps.get_model("entities", "Name")
    rows = Name.objects.order_by("pk").values_list("pk", "entity_id", "text", "form")
    for pk, entity_id, text, form in list(rows):
        cleaned = plain(text)
        if cleaned == text:
            continue
        twins = Name.objects.filter(entity_id=entity_id, text=cleaned, form=form).exclude(pk=pk)
        if not cleaned or twins.exists():
            Name.objects.filter(pk=pk).delete()
        else:
            Name.objects.filter(pk=pk).update(text=cleaned)


class Migration(migrations.Migration):
    dependencies = (("entities", "0002_gazetteer_version"),)
    operations = (migrations.RunPython(clean, migrations.RunPython.noop),)
