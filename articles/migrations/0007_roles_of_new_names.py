"""All of the desk see the queue of new names; editors and the chief decide."""

from django.db import migrations

PERMISSIONS = {
    "view_newname": ("Can view new name", ("Reporter", "Editor", "Chief")),
    "decide_newname": ("Can make entities of new names, and dismiss them", ("Editor", "Chief")),
}


def give_permissions(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="articles", model="newname"
    )
    permissions = apps.get_model("auth", "Permission").objects
    for codename, (name, groups) in PERMISSIONS.items():
        permission, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})
        for group in apps.get_model("auth", "Group").objects.filter(name__in=groups):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = (("articles", "0006_new_names"),)
    operations = (migrations.RunPython(give_permissions, migrations.RunPython.noop),)
