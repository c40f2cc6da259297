"""Secrets at rest, encrypted with keys made of SECRET_KEY, one for each purpose.

With SECRET_KEY_FALLBACKS what an older key sealed can still be read; `manage.py reseal_secrets` seals it anew.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """It was sealed with a SECRET_KEY that we no longer have."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What is sealed for one purpose is nothing to another."""

    purpose: bytes

    def seal(self, secret: str) -> str:
        return self._locks().encrypt(secret.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Raises Unreadable."""
        try:
            return self._locks().decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unreadable("The secret was sealed with another SECRET_KEY: give a new one.") from error

    def reseal(self, sealed: str) -> str:
        """The same secret under today's key. Raises Unreadable."""
        return self.seal(self.unseal(sealed))

    def _locks(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet([Fernet(self._key_of(key)) for key in keys])

    def _key_of(self, secret_key: str) -> bytes:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=self.purpose).derive(secret_key.encode())
        return base64.urlsafe_b64encode(derived)


WEBHOOKS = Seal(b"newsroom.partners.webhooks.secret.v1")
SECOND_FACTORS = Seal(b"newsroom.accounts.second-factor.v1")
WIRE = Seal(b"newsroom.wire.sign-in.v1")
