"""Pictures in a bucket that speaks S3. Only imported where MEDIA_BUCKET names one: its library is an extra.

The bucket is private. Readers get every file through the newsroom, which asks each time whether they may have it: so a
killed picture is gone although its file is still there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Services other than Amazon's do not all know the newer checksums.
QUIET = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}


class MediaBucket(S3Storage):
    def __init__(self, **options: Any) -> None:
        path_style = {"addressing_style": "path" if options.get("endpoint_url") else "auto"}
        wanted = Config(s3=path_style, connect_timeout=5, read_timeout=30, retries={"max_attempts": 3}, **QUIET)
        kept = {"default_acl": None, "file_overwrite": False, "querystring_auth": False, "signature_version": "s3v4"}
        super().__init__(**kept | {"client_config": wanted} | options)

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Our own address, never the bucket's."""
        return settings.MEDIA_URL + (filepath_to_uri(name or "") or "")

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_error():
            return super()._open(name, mode)

    def _save(self, name: str, content: Any) -> Any:
        with _as_os_error():
            return super()._save(name, content)

    def exists(self, name: str) -> bool:
        with _as_os_error():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with _as_os_error():
            return int(super().size(name))


@contextmanager
def _as_os_error() -> Iterator[None]:
    """A bucket that cannot be reached, or refuses us, is to the newsroom what a broken disk is."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"The bucket for pictures: {error}") from error
