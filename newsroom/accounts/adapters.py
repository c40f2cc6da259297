"""What allauth asks us: nobody signs up, only people of the desk sign in, and secrets are sealed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from newsroom.accounts import guesses
from newsroom.accounts.recording import record_sign_in
from newsroom.sealing import SECOND_FACTORS

HOW = {"totp": "code of an app", "recovery_codes": "recovery code", "webauthn": "passkey"}
NOT_OF_THE_DESK = "This account may not sign in here: ask the chief."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": "This is not your password. Capitals matter.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Back to this very host, never to another that we answer for."""
        https = self.request.is_secure()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()}, require_https=https)

    def pre_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse | None:
        """A passkey of somebody who has left opens nothing."""
        if user.is_active and user.is_staff:
            return None
        clear_login(request)
        messages.error(request, NOT_OF_THE_DESK)
        return redirect("admin:login")

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        # Counted from now: by itself, whatever is kept in a session would begin its time anew.
        request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        guesses.forget(user.username, address=guesses.where_from(request))
        record_sign_in(request, user, how=how_signed_in(request, user))

    def get_client_ip(self, request: HttpRequest) -> str:
        return guesses.where_from(request)


def how_signed_in(request: HttpRequest, person: User) -> str:
    """Such as “password, code of an app”."""
    used = [HOW.get(record.get("type", ""), record["method"]) for record in get_authentication_records(request, person)]
    return ", ".join(dict.fromkeys(used))


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or was used already. Wait for the next one, and check that the "
        "clock of your telephone is set by itself.",
        "cannot_generate_recovery_codes": "Recovery codes need an authenticator app or a passkey first.",
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def _get_user_identifier(self, user: User) -> str:
        return user.username

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def encrypt(self, text: str) -> str:
        return SECOND_FACTORS.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return SECOND_FACTORS.unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"
