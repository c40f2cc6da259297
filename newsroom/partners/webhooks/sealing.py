"""Secrets of endpoints at rest: encrypted with a key made of SECRET_KEY.

With SECRET_KEY_FALLBACKS what an older key sealed can still be read; `manage.py reseal_webhook_secrets` seals it anew.
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


def seal(secret: str) -> str:
    return _locks().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _locks().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("The secret was sealed with another SECRET_KEY: rotate it.") from error


def reseal(sealed: str) -> str:
    """The same secret under today's key. Raises Unreadable."""
    return seal(unseal(sealed))


def _locks() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(key)) for key in keys])


def _key_of(secret_key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    return base64.urlsafe_b64encode(derived)
