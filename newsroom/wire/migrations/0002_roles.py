"""Reporters read the wire; editors declare its sources."""

from django.db import migrations

MODELS = {"wiresource": "source", "wireitem": "wire item"}
ROLES = {
    "wiresource": {"view": ("Reporter", "Editor", "Chief"), "add": ("Editor", "Chief"), "change": ("Editor", "Chief")},
    "wireitem": {"view": ("Reporter", "Editor", "Chief"), "change": ("Editor", "Chief")},
}


def give_permissions(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for model, name in MODELS.items():
        content_type, _ = content_types.get_or_create(app_label="wire", model=model)
        for action, roles in ROLES[model].items():
            permission, _ = permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {name}"},
            )
            for group in groups.filter(name__in=roles):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = (
        ("wire", "0001_initial"),
        ("articles", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    )
    operations = (migrations.RunPython(give_permissions, migrations.RunPython.noop),)
