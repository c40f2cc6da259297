"""Small copies of pictures, as WebP: for the desk's own lists, and for readers wherever a picture stands small.

Made at the first look and kept beside the pictures. Each can be made again, and none is found without its picture:
who may have that is asked first, each time.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

# In pixels: beside words, and across a telephone.
BESIDE_WORDS, ACROSS = WIDTHS = (480, 960)
# A tall picture is cut down to so many times its width.
TALLEST = 3
QUALITY = 72


def small_copy(file: str, width: int = BESIDE_WORDS) -> bytes:
    """A copy at most so many pixels wide of the picture that is stored as `file`, whose name is its digest.

    Raises:
        OSError: the picture's file is gone or damaged.
    """
    digest = PurePosixPath(file).stem
    path = f"thumbnails/{digest[:2]}/{digest}-{width}.webp"
    if default_storage.exists(path):
        with default_storage.open(path) as kept:
            return kept.read()
    content = _made(file, width)
    # Somebody else may have made it in the meantime: one copy is as good as the other.
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return content


def _made(file: str, width: int) -> bytes:
    from PIL import Image as Pillow
    from PIL import ImageOps

    written = BytesIO()
    bounds = (width, width * TALLEST)
    with default_storage.open(file) as opened, Pillow.open(opened) as picture:
        picture.draft("RGB", bounds)
        small = ImageOps.exif_transpose(picture)
        small.thumbnail(bounds)
        has_alpha = small.mode in ("RGBA", "LA", "PA") or "transparency" in small.info
        small.convert("RGBA" if has_alpha else "RGB").save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
