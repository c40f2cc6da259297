"""What a source signs in with. Code of before writes rows without one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("wire", "0002_roles"),)

    operations = (
        migrations.AddField(
            model_name="wiresource",
            name="sealed_secret",
            field=models.TextField(blank=True, db_default="", default="", editable=False),
        ),
        migrations.AddField(
            model_name="wiresource",
            name="sign_in",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nothing"),
                    ("basic", "a name and a password"),
                    ("bearer", "a token"),
                    ("header", "a key in a header"),
                ],
                db_default="",
                default="",
                help_text="What the agency has given us. A key that belongs into the address is part of the address.",
                max_length=6,
                verbose_name="signs in with",
            ),
        ),
        migrations.AddField(
            model_name="wiresource",
            name="sign_in_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Of a name and password, the name; of a key in a header, the header, such as X-Api-Key.",
                max_length=120,
                verbose_name="name, or header",
            ),
        ),
        migrations.AddConstraint(
            model_name="wiresource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sealed_secret", ""), ("sign_in", ""), ("sign_in_name", "")),
                    models.Q(
                        ("sign_in", "bearer"), ("sign_in_name", ""), models.Q(("sealed_secret", ""), _negated=True)
                    ),
                    models.Q(
                        ("sign_in__in", ("basic", "header")),
                        models.Q(("sign_in_name", ""), _negated=True),
                        models.Q(("sealed_secret", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="wire_source_sign_in_whole",
            ),
        ),
    )
