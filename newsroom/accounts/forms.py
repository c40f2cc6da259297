"""The forms of sign-in and second factor. A code counts once, over all processes."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import connection

from newsroom.sealing import Unreadable

SEALED = "Your second factor was sealed with a key that is gone: use a passkey, or ask the chief to take it away."
TYPED = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}
# A code belongs to a step of 30 seconds. Only a later step than any used before is taken.
_SPEND = """
UPDATE mfa_authenticator SET data = jsonb_set(data, '{step}', to_jsonb(%(step)s::bigint))
WHERE id = %(id)s AND coalesce((data ->> 'step')::bigint, -1) < %(step)s
"""


class SignInForm(AdminAuthenticationForm):
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "This name and password do not go together. Capitals matter in both.",
    }


def spend(authenticator: Authenticator, code: str) -> bool:
    """Use a code of an app up; whether it was still to be used."""
    secret, given = decrypt(authenticator.data["secret"]), normalize_user_code(code)
    steps = [step for step in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, step)) == given]
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"id": authenticator.pk, "step": max(steps, default=-1)})
        return cursor.rowcount == 1


class _OnceOnly:
    """Both forms that take a code: for signing in, and for showing again who one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.TextInput(attrs=TYPED)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        try:
            code = super().clean_code()  # type: ignore[misc]
        except Unreadable:
            raise ValidationError(SEALED) from None
        authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP and not spend(authenticator, code):
            raise self._used_before()
        return str(code)

    def _used_before(self) -> ValidationError:
        return ValidationError("This code was used already: wait for the next one.")


class PasswordAgainForm(PasswordForm):
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class CodeForm(_OnceOnly, AuthenticateForm):
    pass


class CodeAgainForm(_OnceOnly, ReauthenticateForm):
    pass


class FirstCodeForm(ActivateTOTPForm):
    code = forms.CharField(label="Code that the app shows", widget=forms.TextInput(attrs=TYPED))
