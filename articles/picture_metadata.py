"""Take out of a picture's file what is not the picture: where it was taken, by which camera, and what tools wrote.

A photograph's file may tell the place where a source lives to within metres. What is left is the image itself and
its colour profile, turned upright: a partner who knows nothing of Exif sees it so, and its columns have that size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image as Pillow

ORIENTATION = 0x0112
UPRIGHT = 1
# Orientations in which columns become rows.
SIDEWAYS = frozenset({5, 6, 7, 8})
# How the formats are written again that cannot be taken apart without loss.
SAVED_AS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": "4:4:4", "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 95},
    "AVIF": {"quality": 90},
}
# The side of the blocks that a JPEG is cut into, in pixels, by how Pillow numbers the resolution of its colours: 4:4:4
# and 4:2:0.
SIDES = {0: 8, 2: 16}
# Keys of Pillow under which a file brings more than its pixels.
METADATA = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Comment", "Description", "Author"})
# Several JPEGs in one file, as many telephones write them: the first is the picture, the others hang behind it.
SEVERAL_JPEGS = "MPO"
# JPEG: APP1 (Exif, XMP), APP3 to APP13 (maker's notes, IPTC) and comments; APP0, APP2 (colour) and APP14 stay.
# Of APP2, which also says where further pictures stand, the colour profile alone.
COLOUR_SEGMENT, COLOUR_PROFILE = 0xE2, b"ICC_PROFILE\0"
DROPPED_SEGMENTS = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
# Where the pixels of a scan end: takes FF C4, refuses FF 00 and FF D0 to FF D7, which stand among them.
END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
# Bits of a WebP's head: it has Exif, it has XMP.
WEBP_TELLS = 0x08 | 0x04
END_OF_PNG = b"IEND\xae\x42\x60\x82"


def without_metadata(content: bytes) -> bytes:
    """The same picture without metadata; the very bytes where there is none.

    A JPEG or WebP that stands upright loses no pixel: parts of its file are left out. Others are written again, a JPEG
    as coarse as it was, so that turning it takes next to nothing from it.
    `content` is a sound file of a type in `SAVED_AS`.
    """
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(content)) as picture:
        kind = kind_of(picture)
        is_upright = picture.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT
        if kind == "JPEG" and is_upright:
            return b"".join(_kept_segments(content))
        if kind == "WEBP" and is_upright:
            return _kept_chunks(content)
        if is_upright and not METADATA & picture.info.keys() and not getattr(picture, "text", None):
            return content[: _end_of(kind, content)]
        return _written_again(picture, kind)


def kind_of(picture: Pillow.Image) -> str:
    """The format of a file as browsers have it."""
    return "JPEG" if picture.format == SEVERAL_JPEGS else str(picture.format)


def _written_again(picture: Pillow.Image, kind: str) -> bytes:
    from PIL import ImageOps

    written = BytesIO()
    options = SAVED_AS[kind] | {"icc_profile": picture.info.get("icc_profile")}
    if kind != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        picture.save(written, kind, save_all=True, exif=b"", xmp=b"", **options)
        return written.getvalue()
    if kind == "JPEG":
        options |= _as_coarse(picture)
    upright = ImageOps.exif_transpose(picture)
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


def _kept_segments(content: bytes) -> Iterator[bytes]:
    """The parts of a JPEG without those that are dropped, up to its end: telephones hang films behind it, and others
    what is no picture at all."""
    yield content[:2]
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == END_OF_IMAGE:
            break
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4])
        if marker == START_OF_SCAN:
            ending = END_OF_SCAN.search(content, end)
            end = ending.start() if ending else len(content)
        is_other = marker == COLOUR_SEGMENT and not content.startswith(COLOUR_PROFILE, place + 4)
        if marker not in DROPPED_SEGMENTS and not is_other:
            yield content[place:end]
        place = end
    yield bytes([0xFF, END_OF_IMAGE])


def _kept_chunks(content: bytes) -> bytes:
    """A WebP without those parts of its file (RIFF) that say more than the picture; the head tells of them no more."""
    parts = []
    place, end = 12, 8 + int.from_bytes(content[4:8], "little")
    while place + 8 <= min(end, len(content)):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        part = content[place : place + 8 + size + size % 2]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~WEBP_TELLS]) + part[9:]
        if name not in (b"EXIF", b"XMP "):
            parts.append(part)
        place += len(part)
    whole = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _end_of(kind: str, content: bytes) -> int:
    """Where the picture ends in its file; what hangs behind is somebody else's."""
    if kind == "PNG":
        return content.rindex(END_OF_PNG) + len(END_OF_PNG) if END_OF_PNG in content else len(content)
    return len(content)
