"""What was done with accounts, and who is refused for guessing."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.db import models
from django.db.models.functions import Now

# Who has tried to get in. These go after a while; what was changed of accounts, roles and second factors stays.
OF_SIGN_INS = ("signed_in", "sign_in_failed", "code_failed", "confirmation_failed", "locked_out", "lifted_lock")


class AccountEvent(models.Model):
    """Append-only, but for sign-ins of long ago (`newsroom/accounts/forgetting.py`). Names stand as they were:
    an account may go, its history stays.

    Rows about accounts, roles and second factors are written by triggers (migration 0002), so that no way of changing
    them goes past this log; `by` is empty for what was done outside of the admin.
    """

    class Verb(models.TextChoices):
        SIGNED_IN = "signed_in", "signed in"
        SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
        CODE_FAILED = "code_failed", "failed at the second factor"
        CONFIRMATION_FAILED = "confirmation_failed", "failed to confirm who they are"
        LOCKED_OUT = "locked_out", "locked out"
        LIFTED_LOCK = "lifted_lock", "lock lifted"
        ADDED_FACTOR = "added_factor", "second factor added"
        REMOVED_FACTOR = "removed_factor", "second factor removed"
        CHANGED_PASSWORD = "changed_password", "password changed"
        MADE_ACCOUNT = "made_account", "account made"
        CHANGED_ACCOUNT = "changed_account", "account changed"
        DELETED_ACCOUNT = "deleted_account", "account deleted"
        GAVE_ROLE = "gave_role", "role given"
        TOOK_ROLE = "took_role", "role taken away"
        GAVE_PERMISSION = "gave_permission", "permission given"
        TOOK_PERMISSION = "took_permission", "permission taken away"
        MADE_ROLE = "made_role", "role made"
        CHANGED_ROLE = "changed_role", "role changed"
        DELETED_ROLE = "deleted_role", "role deleted"

    at = models.DateTimeField(db_default=Now())
    verb = models.CharField("what", max_length=24, choices=Verb.choices)
    person = models.BigIntegerField(null=True, help_text="The account's number, also when it is gone.")
    name = models.CharField("account or role", max_length=150, blank=True, db_default="")
    detail = models.CharField("how", max_length=500, blank=True, db_default="")
    by = models.BigIntegerField(null=True)
    by_name = models.CharField("by", max_length=150, blank=True, db_default="")
    address = models.GenericIPAddressField("from", null=True)
    browser = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        ordering = ("-id",)
        verbose_name = "event of an account"
        verbose_name_plural = "events of accounts"
        indexes = (
            # The admin's list of one person, and whether somebody has signed in from an address lately.
            models.Index(fields=("name", "verb", "at"), name="account_event_of"),
            # What is forgotten after a while.
            models.Index(fields=("at",), condition=models.Q(verb__in=OF_SIGN_INS), name="sign_ins_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.get_verb_display()}"


class Lock(AccessAttempt):
    """Wrong guesses for one name from one address, as django-axes keeps them."""

    class Meta:
        proxy = True
        verbose_name = "wrong guess"
        verbose_name_plural = "wrong guesses"
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        """Without the name: what was typed there may be a password."""
        return f"wrong guesses from {self.ip_address}"
