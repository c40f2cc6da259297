"""Find the sign-ins that are forgotten. Built beside the running desk."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = (("accounts", "0004_old_sign_ins"),)

    operations = (
        AddIndexConcurrently(
            "accountevent",
            models.Index(
                condition=models.Q(
                    verb__in=(
                        "signed_in",
                        "sign_in_failed",
                        "code_failed",
                        "confirmation_failed",
                        "locked_out",
                        "lifted_lock",
                    )
                ),
                fields=["at"],
                name="sign_ins_by_time",
            ),
        ),
    )
