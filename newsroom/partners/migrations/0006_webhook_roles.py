"""Editors see how webhooks fare; the chief switches them on and off and has messages sent again."""

from django.db import migrations

MODELS = {"webhookendpoint": "webhook endpoint", "webhookdelivery": "webhook delivery"}
ROLES = {"view": ("Editor", "Chief"), "change": ("Chief",)}


def give_permissions(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for model, name in MODELS.items():
        content_type, _ = content_types.get_or_create(app_label="partners", model=model)
        for action, roles in ROLES.items():
            permission, _ = permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {name}"},
            )
            for group in groups.filter(name__in=roles):
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = (
        ("partners", "0005_webhooks"),
        ("articles", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    )
    operations = (migrations.RunPython(give_permissions, migrations.RunPython.noop),)
