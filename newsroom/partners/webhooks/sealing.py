"""Secrets at rest, of endpoints and of second factors: encrypted with keys made of SECRET_KEY, one for each purpose.

With SECRET_KEY_FALLBACKS what an older key sealed can still be read; `manage.py reseal_webhook_secrets` and
`manage.py reseal_second_factors` seal it anew.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"newsroom.partners.webhooks.secret.v1"


class Unreadable(Exception):
    """It was sealed with a SECRET_KEY that we no longer have."""


def seal(secret: str, *, purpose: bytes = PURPOSE) -> str:
    return _locks(purpose).encrypt(secret.encode()).decode()


def unseal(sealed: str, *, purpose: bytes = PURPOSE) -> str:
    """Raises Unreadable."""
    try:
        return _locks(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("The secret was sealed with another SECRET_KEY: rotate it.") from error


def reseal(sealed: str, *, purpose: bytes = PURPOSE) -> str:
    """The same secret under today's key. Raises Unreadable."""
    return seal(unseal(sealed, purpose=purpose), purpose=purpose)


def _locks(purpose: bytes) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key, purpose)) for key in keys])


def _key_of(secret_key: str, purpose: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
    return base64.urlsafe_b64encode(derived)
