"""Where pictures are stored: in a folder, or in a bucket that speaks S3 where MEDIA_BUCKET names one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

BUCKET, ENDPOINT, REGION = "MEDIA_BUCKET", "MEDIA_BUCKET_ENDPOINT", "MEDIA_BUCKET_REGION"
KEY, SECRET = "MEDIA_BUCKET_KEY", "MEDIA_BUCKET_SECRET"


def storage_of(environment: Mapping[str, str]) -> dict[str, Any]:
    """What Django's STORAGES says of pictures.

    Raises:
        ImproperlyConfigured: what lacks, and what to set.
    """
    given = {name: environment.get(name, "").strip() for name in (BUCKET, ENDPOINT, REGION, KEY, SECRET)}
    if not any(given.values()):
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if wrong := _wrong(given):
        raise ImproperlyConfigured(wrong)
    options = {
        "bucket_name": given[BUCKET],
        "endpoint_url": given[ENDPOINT] or None,
        "region_name": given[REGION] or None,
        "access_key": given[KEY] or None,
        "secret_key": given[SECRET] or None,
    }
    return {"BACKEND": "newsroom.media_bucket.MediaBucket", "OPTIONS": options}


def _wrong(given: Mapping[str, str]) -> str:
    if not given[BUCKET]:
        named = next(name for name, value in given.items() if value)
        return f"{named} is set, but no {BUCKET}: name the bucket for pictures, or unset {named}."
    if not given[ENDPOINT] and not given[REGION]:
        return f"{BUCKET} needs {REGION} (a bucket at Amazon) or {ENDPOINT} (the address of another service)."
    if bool(given[KEY]) != bool(given[SECRET]):
        lacking = SECRET if given[KEY] else KEY
        return f"{lacking} is not set: set both {KEY} and {SECRET}, or neither where the machine has a role of its own."
    if find_spec("storages") is None or find_spec("boto3") is None:
        return f'{BUCKET} needs the extra "s3": pip install --require-hashes -r requirements/s3.txt'
    return ""
