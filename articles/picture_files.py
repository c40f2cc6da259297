"""What a file must be before the desk takes it as a picture."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from articles.picture_metadata import kind_of, without_metadata

if TYPE_CHECKING:
    from PIL import Image as Pillow

MAXIMUM_BYTES = 25 * 1024 * 1024
MAXIMUM_PIXELS = 50_000_000
# What Pillow calls each format that browsers show and that cannot carry a script, with its suffix.
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}
BROKEN = "This file is damaged and cannot be shown as a picture: export it again, or ask for another copy."


def check_picture(file: UploadedFile) -> None:
    """Refuse what is no sound picture, and name the file after what it is rather than after what it says.

    Raises:
        ValidationError: too large, of another type, damaged, or over 50 megapixels.
    """
    if (file.size or 0) > MAXIMUM_BYTES:
        raise ValidationError(
            f"The file has {_megabytes(file)} MB; {MAXIMUM_BYTES // 2**20} MB is the most: make it smaller."
        )
    kind = _sound_kind(file)
    file.name = PurePath(file.name or "picture").stem + SUFFIXES[kind]
    file.seek(0)


def bare_picture(file: UploadedFile) -> UploadedFile:
    """A file that `check_picture` has taken, without the metadata that it brought."""
    file.seek(0)
    content = file.read()
    bare = without_metadata(content)
    return file if bare == content else SimpleUploadedFile(file.name or "picture", bare)


def sha256_of(file: UploadedFile) -> str:
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return digest


def _sound_kind(file: UploadedFile) -> str:
    """The format of a file that Pillow can read to its end."""
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    file.seek(0)
    with warnings.catch_warnings():
        # Pillow's own limit for bombs is a warning first; ours below is stricter and says what to do.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        try:
            with Pillow.open(file) as picture:
                _refuse_unfit(picture)
                picture.load()
                return kind_of(picture)
        except Pillow.DecompressionBombError:
            raise ValidationError(_too_many_pixels("Far too many")) from None
        except UnidentifiedImageError:
            raise ValidationError("This is not a picture: choose a JPEG, PNG, WebP or AVIF file.") from None
        except (OSError, SyntaxError, ValueError, EOFError):
            raise ValidationError(BROKEN) from None


def _refuse_unfit(picture: Pillow.Image) -> None:
    if kind_of(picture) not in SUFFIXES:
        raise ValidationError(f"A {picture.format} file cannot be used: save it as JPEG, PNG, WebP or AVIF.")
    pixels = picture.width * picture.height
    if pixels > MAXIMUM_PIXELS:
        raise ValidationError(_too_many_pixels(f"{picture.width} × {picture.height}"))


def _too_many_pixels(size: str) -> str:
    return f"{size} pixels: 50 million is the most. Make the picture smaller and upload it again."


def _megabytes(file: UploadedFile) -> int:
    return round((file.size or 0) / 2**20)
