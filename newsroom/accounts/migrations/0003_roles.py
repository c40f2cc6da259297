"""The chief reads the logs of accounts and of keys, and lifts locks."""

from django.db import migrations

PERMISSIONS = {
    ("accounts", "accountevent"): ("view",),
    ("accounts", "lock"): ("view", "change"),
    ("partners", "accessevent"): ("view",),
}


def give_permissions(apps, schema_editor):
    chief = apps.get_model("auth", "Group").objects.get(name="Chief")
    permissions = apps.get_model("auth", "Permission").objects
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for (app, model), actions in PERMISSIONS.items():
        content_type, _ = content_types.get_or_create(app_label=app, model=model)
        for action in actions:
            name = apps.get_model(app, model)._meta.verbose_name
            permission, _ = permissions.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {name}"}
            )
            chief.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = (
        ("accounts", "0002_triggers"),
        ("articles", "0003_roles"),
        ("partners", "0006_webhook_roles"),
    )
    operations = (migrations.RunPython(give_permissions, migrations.RunPython.noop),)
