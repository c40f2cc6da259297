"""The three roles of the desk as groups, each with the permissions of the one before."""

from django.db import migrations

VERBS_OF_REPORTER = ("write_article", "decide_proposals", "submit_article", "spike_article")
VERBS_OF_EDITOR = ("edit_any_article", "review_article", "publish_article", "spike_any_article")
VERBS_OF_CHIEF = ("approve_own_article", "lift_embargo", "kill_article")

REPORTER = {
    ("articles", "article"): ("view", "add", "change"),
    ("articles", "image"): ("view", "add", "change"),
    ("articles", "author"): ("view",),
    ("articles", "section"): ("view",),
    ("entities", "entity"): ("view",),
    ("entities", "name"): ("view",),
    ("entities", "country"): ("view",),
    ("entities", "relation"): ("view",),
}
EDITOR = {
    ("articles", "author"): ("add", "change"),
    ("entities", "entity"): ("add", "change"),
    ("entities", "name"): ("add", "change", "delete"),
    ("entities", "relation"): ("add", "change", "delete"),
}
CHIEF = {("articles", "section"): ("add", "change")}


def make_roles(apps, schema_editor):
    steps = (
        ("Reporter", VERBS_OF_REPORTER, REPORTER),
        ("Editor", VERBS_OF_EDITOR, EDITOR),
        ("Chief", VERBS_OF_CHIEF, CHIEF),
    )
    group_model = apps.get_model("auth", "Group")
    permissions = set()
    for name, verbs, models in steps:
        permissions |= {_permission(apps, "articles", "article", verb) for verb in verbs}
        permissions |= {
            _permission(apps, app, model, f"{action}_{model}")
            for (app, model), actions in models.items()
            for action in actions
        }
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*permissions)


def _permission(apps, app, model, codename):
    """The permission row; Django makes it only after all migrations, and then finds this one."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    declared = dict(apps.get_model(app, model)._meta.permissions)
    name = declared.get(codename, f"Can {codename.replace('_', ' ')}")
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission.pk


class Migration(migrations.Migration):
    dependencies = (
        ("articles", "0002_append_only_and_sequence"),
        ("entities", "0002_gazetteer_version"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    )
    operations = (migrations.RunPython(make_roles, migrations.RunPython.noop),)
