"""Take out of a picture's file what is not the picture: where it was taken, by which camera, and what tools wrote.

A photograph's file may tell the place where a source lives to within metres. What is left is the image itself and
its colour profile, turned upright: a partner who knows nothing of Exif sees it so, and its columns have that size.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from articles.pictures.boxes import kept_of_avif
from articles.pictures.parts import kept_of_jpeg, kept_of_png, kept_of_webp

if TYPE_CHECKING:
    from PIL import Image as Pillow

logger = logging.getLogger(__name__)

ORIENTATION = 0x0112
UPRIGHT = 1
# Orientations in which columns become rows.
SIDEWAYS = frozenset({5, 6, 7, 8})
# What turns each orientation upright, as Pillow calls it.
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
# How a picture that has to be turned is written again. An AVIF in the quickest way: it is somebody's request, and at 50
# megapixels the usual way takes a minute.
SAVED_AS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": "4:4:4", "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 95},
    "AVIF": {"quality": 90, "speed": 10},
}
KEPT: dict[str, Callable[[bytes], bytes]] = {
    "JPEG": kept_of_jpeg,
    "PNG": kept_of_png,
    "WEBP": kept_of_webp,
    "AVIF": kept_of_avif,
}
# The side of the blocks that a JPEG is cut into, in pixels, by how Pillow numbers the resolution of its colours: 4:4:4
# and 4:2:0.
SIDES = {0: 8, 2: 16}
# Several JPEGs in one file, as many telephones write them: the first is the picture, the others hang behind it.
SEVERAL_JPEGS = "MPO"


def without_metadata(content: bytes) -> bytes:
    """The same picture without metadata; the very bytes where there is none.

    A picture that stands upright loses no pixel: parts of its file are left out. Others are written again, a JPEG as
    coarse as it was, so that turning it takes next to nothing from it. One that moves stands as its frames are.
    `content` is a sound file of a type in `SAVED_AS`.
    """
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(content)) as picture:
        kind = kind_of(picture)
        turn = TURNS.get(_orientation_of(picture))
        if turn is None or number_of_frames(picture) > 1:
            return KEPT[kind](content)
        return _written_again(picture, kind, turn)


def kind_of(picture: Pillow.Image) -> str:
    """The format of a file as browsers have it."""
    return "JPEG" if picture.format == SEVERAL_JPEGS else str(picture.format)


def number_of_frames(picture: Pillow.Image) -> int:
    """How many pictures a reader sees one after another: 1 but of what moves."""
    return 1 if kind_of(picture) == "JPEG" else int(getattr(picture, "n_frames", 1))


def _orientation_of(picture: Pillow.Image) -> int:
    """As its metadata says; what browsers cannot read of it turns no picture."""
    try:
        return int(picture.getexif().get(ORIENTATION, UPRIGHT))
    except Exception as error:  # Bytes of anybody's: Pillow raises whatever its reader stumbles over.
        logger.info("Unreadable Exif: %s: %s", type(error).__name__, error)
        return UPRIGHT


def _written_again(picture: Pillow.Image, kind: str, turn: str) -> bytes:
    from PIL import Image as Pillow

    written = BytesIO()
    options = SAVED_AS[kind] | {"icc_profile": picture.info.get("icc_profile")}
    if kind == "JPEG":
        options |= _as_coarse(picture)
    upright = picture.transpose(Pillow.Transpose[turn])
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    try:
        upright.save(written, kind, **options)
    except OSError:
        # To be packed as closely as can be, a JPEG has to fit into a buffer, which one of nothing but noise does not.
        written = BytesIO()
        upright.save(written, kind, **options | {"optimize": False})
    return written.getvalue()


def _as_coarse(picture: Pillow.Image) -> dict[str, Any]:
    """Options by which a JPEG's blocks are rounded as they were before: turned, they come out the same but for what
    pixels are rounded to. None where turning cuts the picture into other blocks, or the file is an unusual one."""
    from PIL import JpegImagePlugin

    sampling = 0 if picture.mode == "L" else JpegImagePlugin.get_sampling(picture)
    side = SIDES.get(sampling)
    tables: dict[int, Sequence[int]] = getattr(picture, "quantization", {})
    if side is None or picture.width % side or picture.height % side or set(tables) not in ({0}, {0, 1}):
        return {}
    if picture.getexif().get(ORIENTATION) in SIDEWAYS:
        tables = {key: [table[place % 8 * 8 + place // 8] for place in range(64)] for key, table in tables.items()}
    return {"qtables": tables, "subsampling": sampling, "quality": -1}
