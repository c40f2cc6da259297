"""What a file must be before the desk takes it as a picture."""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.images import get_image_dimensions
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from articles.pictures.metadata import kind_of, number_of_frames, without_metadata

if TYPE_CHECKING:
    from PIL import Image as Pillow

logger = logging.getLogger(__name__)

MAXIMUM_BYTES = 25 * 1024 * 1024
# Of all frames of a moving picture together: each is unpacked while somebody waits for the answer.
MAXIMUM_PIXELS = 50_000_000
# What Pillow calls each format that browsers show and that cannot carry a script, with its suffix.
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif"}
UNKNOWN = "This is not a picture: choose a JPEG, PNG, WebP or AVIF file."
BROKEN = "This file is damaged and cannot be shown as a picture: export it again, or ask for another copy."
# Telephones take pictures in this format, which is packed like an AVIF and coded like a film: ISO 23008-12, annex B.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
HEIC = (
    "This is a HEIC picture, as iPhones take them, and browsers do not show it: save or export it as JPEG and upload "
    "that. On the iPhone, Settings › Camera › Formats › Most Compatible takes JPEGs from now on."
)


class Look(NamedTuple):
    """What a file shows: its format, its pixels and how many frames it has."""

    kind: str
    width: int
    height: int
    frames: int


def check_picture(file: UploadedFile) -> None:
    """Refuse what is no sound picture, and name the file after what it is rather than after what it says.

    Raises:
        ValidationError: too large, of another type, damaged, or over 50 megapixels.
    """
    if (file.size or 0) > MAXIMUM_BYTES:
        raise ValidationError(
            f"The file has {_megabytes(file)} MB; {MAXIMUM_BYTES // 2**20} MB is the most: make it smaller."
        )
    file.seek(0)
    if _is_heic(file.read(64)):
        raise ValidationError(HEIC)
    kind = _look_of(file).kind
    file.name = PurePath(file.name or "picture").stem + SUFFIXES[kind]
    file.seek(0)


def bare_picture(file: UploadedFile) -> UploadedFile:
    """A file that `check_picture` has taken, without the metadata that it brought.

    What is given back has been read to its end: nothing is stored that was not seen whole.

    Raises:
        ValidationError: damaged where its metadata stands, so that nothing sound is left without it.
    """
    file.seek(0)
    content = file.read()
    before = _look_of(file, is_read=False)
    with _told_as_damaged():
        bare = without_metadata(content)
    kept = file if bare == content else SimpleUploadedFile(file.name or "picture", bare)
    if not _is_sound_copy(kept, before, is_read=kept is not file):
        raise ValidationError(BROKEN)
    kept.seek(0)
    return kept


def sha256_of(file: UploadedFile) -> str:
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return digest


@contextmanager
def _told_as_damaged() -> Iterator[None]:
    """Refuse the file whatever goes wrong in it.

    The readers of Pillow meet bytes of anybody's, and a damaged file makes them raise nearly everything: SyntaxError,
    struct.error, TypeError, AttributeError, RuntimeError and more.

    Raises:
        ValidationError: in place of all others.
    """
    from PIL import Image as Pillow

    try:
        yield
    except ValidationError:
        raise
    except Pillow.DecompressionBombError:
        raise ValidationError(_too_many_pixels("Far too many")) from None
    except Exception as error:
        logger.info("A picture was refused: %s: %s", type(error).__name__, error)
        raise ValidationError(BROKEN) from None


def _look_of(file: UploadedFile, *, is_read: bool = True) -> Look:
    """What Pillow sees that reads a file to its end, all frames of what moves; or its head alone.

    Raises:
        ValidationError: no picture that can be used, or damaged.
    """
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    file.seek(0)
    with warnings.catch_warnings(), _told_as_damaged():
        # Pillow's own limit for bombs is a warning first; ours below is stricter and says what to do.
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
        try:
            opened = Pillow.open(file)
        except UnidentifiedImageError:
            raise ValidationError(UNKNOWN) from None
        with opened as picture:
            _refuse_unfit(picture)
            frames = number_of_frames(picture)
            look = Look(kind_of(picture), picture.width, picture.height, frames)
            for frame in range(frames if is_read else 0):
                picture.seek(frame)
                picture.load()
            return look


def _is_sound_copy(file: UploadedFile, before: Look, *, is_read: bool) -> bool:
    """Whether it shows what the file before showed, perhaps turned, and its row can be told how large it is."""
    try:
        after = _look_of(file, is_read=is_read)
        with _told_as_damaged():
            # By the first bytes alone, as Django's column does.
            size = get_image_dimensions(file)
    except ValidationError:
        return False
    is_as_large = {after.width, after.height} == {before.width, before.height} == set(size)
    return is_as_large and (after.kind, after.frames) == (before.kind, before.frames)


def _refuse_unfit(picture: Pillow.Image) -> None:
    if kind_of(picture) not in SUFFIXES:
        raise ValidationError(f"A {picture.format} file cannot be used: save it as JPEG, PNG, WebP or AVIF.")
    pixels, frames = picture.width * picture.height, number_of_frames(picture)
    if pixels > MAXIMUM_PIXELS:
        raise ValidationError(_too_many_pixels(f"{picture.width} × {picture.height}"))
    if pixels * frames > MAXIMUM_PIXELS:
        raise ValidationError(
            f"{frames} frames of {picture.width} × {picture.height} pixels: 50 million in all frames together is the "
            "most. Make the moving picture smaller or shorter and upload it again."
        )


def _is_heic(head: bytes) -> bool:
    """Whether one of its brands says so, and none that it is an AVIF as well."""
    brands = {head[place : place + 4] for place in range(8, min(len(head), int.from_bytes(head[:4])), 4)}
    return head[4:8] == b"ftyp" and bool(brands & HEIC_BRANDS) and not brands & {b"avif", b"avis"}


def _too_many_pixels(size: str) -> str:
    return f"{size} pixels: 50 million is the most. Make the picture smaller and upload it again."


def _megabytes(file: UploadedFile) -> int:
    return round((file.size or 0) / 2**20)
