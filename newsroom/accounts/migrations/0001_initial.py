"""The log of accounts, and the guesses that django-axes keeps under our own name for them."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lock",
            fields=[],
            options={
                "verbose_name": "wrong guess",
                "verbose_name_plural": "wrong guesses",
                "proxy": True,
                "default_permissions": ("view", "change"),
                "indexes": [],
                "constraints": [],
            },
            bases=("axes.accessattempt",),
        ),
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("signed_in", "signed in"),
                            ("sign_in_failed", "failed to sign in"),
                            ("code_failed", "failed at the second factor"),
                            ("confirmation_failed", "failed to confirm who they are"),
                            ("locked_out", "locked out"),
                            ("lifted_lock", "lock lifted"),
                            ("added_factor", "second factor added"),
                            ("removed_factor", "second factor removed"),
                            ("changed_password", "password changed"),
                            ("made_account", "account made"),
                            ("changed_account", "account changed"),
                            ("deleted_account", "account deleted"),
                            ("gave_role", "role given"),
                            ("took_role", "role taken away"),
                            ("gave_permission", "permission given"),
                            ("took_permission", "permission taken away"),
                            ("made_role", "role made"),
                            ("changed_role", "role changed"),
                            ("deleted_role", "role deleted"),
                        ],
                        max_length=24,
                        verbose_name="what",
                    ),
                ),
                ("person", models.BigIntegerField(help_text="The account's number, also when it is gone.", null=True)),
                ("name", models.CharField(blank=True, db_default="", max_length=150, verbose_name="account or role")),
                ("detail", models.CharField(blank=True, db_default="", max_length=500, verbose_name="how")),
                ("by", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(blank=True, db_default="", max_length=150, verbose_name="by")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="from")),
                ("browser", models.CharField(blank=True, db_default="", max_length=200)),
            ],
            options={
                "verbose_name": "event of an account",
                "verbose_name_plural": "events of accounts",
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["name", "verb", "at"], name="account_event_of")],
            },
        ),
    ]
