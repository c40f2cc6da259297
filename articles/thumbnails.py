"""Small copies of pictures for the desk's own lists, made at the first look and kept beside the pictures.

They are no renditions for readers: the public never gets them, and each can be made again.
"""

from __future__ import annotations

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps

from articles.models import Image

LONGEST_SIDE = 480


def thumbnail_of(image: Image) -> bytes:
    """The small copy as WebP.

    Raises:
        OSError: the picture's file is gone or damaged.
    """
    path = f"thumbnails/{image.sha256[:2]}/{image.sha256}.webp"
    if default_storage.exists(path):
        with default_storage.open(path) as kept:
            return kept.read()
    content = _made(image)
    # Somebody else may have made it in the meantime: one copy is as good as the other.
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return content


def _made(image: Image) -> bytes:
    written = BytesIO()
    with image.file.open() as file, Pillow.open(file) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        small = ImageOps.exif_transpose(picture)
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        has_alpha = small.mode in ("RGBA", "LA", "PA") or "transparency" in small.info
        small.convert("RGBA" if has_alpha else "RGB").save(written, "WEBP", quality=72)
    return written.getvalue()
