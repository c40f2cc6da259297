"""The pixels of renditions: what is made of a picture, in which widths and formats.

Nothing is ever enlarged, and no copy carries metadata: each is written from pixels alone, in the colours of sRGB.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

WIDTHS = (480, 960, 1440, 1920)
HERO_RATIO = 16 / 9
# What social networks cut to: https://developers.facebook.com/docs/sharing/webmasters/images
SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
# A width this close to the picture's own is not worth a copy.
NEXT_TO = 1.15
# A tall picture is cut down to so many times its width.
TALLEST = 3
# What a hero may weigh at the width in which it usually stands.
USUAL_WIDTH, USUAL_BYTES = 960, 120_000
# Tried in this order until a copy is light enough; the last one is taken as it is.
QUALITIES = {"AVIF": (58, 46, 34, 24), "WEBP": (76, 62, 46, 30, 12)}
SHARE_QUALITY = 82
OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"speed": 8, "max_threads": 1},
    "WEBP": {"method": 4},
    "JPEG": {"optimize": True, "progressive": True},
}
PAPER = "white"
# What Pillow, and a storage that is away, say of a file that cannot be read.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, Pillow.DecompressionBombError)
# Modes that can be made smaller as they are.
PLAIN_MODES = frozenset({"RGB", "RGBA", "L", "CMYK"})

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A copy, and what it is. `kind` as in Rendition.Kind, `format` as Pillow calls it."""

    kind: str
    format: str
    width: int
    height: int
    content: bytes

    @property
    def media_type(self) -> str:
        return Pillow.MIME[self.format]


def drawn(file: IO[bytes], *, focus: tuple[float, float]) -> Iterator[Drawn]:
    """All copies of a picture, one at a time: no more than the picture and one copy are in memory at once.

    `focus` is what crops keep: (0, 0) is the upper left corner, (1, 1) the lower right. A moving picture gets the
    share image alone, for its copies would stand still.

    Raises:
        UNREADABLE: the file is damaged.
    """
    with Pillow.open(file) as opened:
        is_moving = getattr(opened, "n_frames", 1) > 1
        picture = _upright(opened)
    cut = share_box(picture.size, focus)
    share = _on_paper(_small(picture.crop(cut), min(SHARE_WIDTH, cut[2] - cut[0])))
    yield Drawn("share", "JPEG", *share.size, _encoded(share, "JPEG", SHARE_QUALITY))
    if is_moving:
        return
    yield from _series("whole", picture.crop((0, 0, picture.width, min(picture.height, picture.width * TALLEST))))
    box = box_of(picture.size, HERO_RATIO, focus)
    # One that has the shape of a hero is its own.
    if box != (0, 0, *picture.size):
        yield from _series("hero", picture.crop(box))


def widths_of(width: int) -> list[int]:
    """The widths of the copies of a picture so many pixels wide: 1600 has 480, 960 and 1600; 300 only 300."""
    smaller = [step for step in WIDTHS if step * NEXT_TO < width]
    return smaller if width >= WIDTHS[-1] * NEXT_TO else [*smaller, min(width, WIDTHS[-1])]


def box_of(size: tuple[int, int], ratio: float, focus: tuple[float, float]) -> Box:
    """The largest part of this ratio (width by height) that keeps the focal point as near its middle as it can."""
    width, height = min(size[0], round(size[1] * ratio)), min(size[1], round(size[0] / ratio))
    width, height = max(width, 1), max(height, 1)
    left = round(min(max(focus[0] * size[0] - width / 2, 0), size[0] - width))
    top = round(min(max(focus[1] * size[1] - height / 2, 0), size[1] - height))
    return left, top, left + width, top + height


def share_box(size: tuple[int, int], focus: tuple[float, float]) -> Box:
    return box_of(size, SHARE_WIDTH / SHARE_HEIGHT, focus)


def _upright(opened: Pillow.Image) -> Pillow.Image:
    """The picture as it is meant to be seen: turned, in sRGB, and no larger than its copies need."""
    target = _size_needed(opened.size)
    # Of a JPEG, only so much is ever decoded.
    opened.draft("RGB", target)
    profile = opened.info.get("icc_profile")
    has_alpha = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
    # In place: a copy of fifty megapixels is 150 MB.
    ImageOps.exif_transpose(opened, in_place=True)
    picture: Pillow.Image = opened
    if picture.mode not in PLAIN_MODES:
        picture, profile = _plain(picture, has_alpha=has_alpha), None
    picture = _small(picture, min(picture.width, _size_needed(picture.size)[0]))
    picture = _in_srgb(picture, profile) if profile else picture
    wanted = "RGBA" if has_alpha else "RGB"
    picture = picture if picture.mode == wanted else picture.convert(wanted)
    # As long as its file is open: what had to be changed in nothing has not been read yet.
    picture.load()
    picture.info = {}
    return picture


def _size_needed(size: tuple[int, int]) -> tuple[int, int]:
    """The size at which a hero cut from the picture is as wide as the widest copy, or the picture's own."""
    times = max(1.0, min(size[0], size[1] * HERO_RATIO) / WIDTHS[-1])
    return max(1, round(size[0] / times)), max(1, round(size[1] / times))


def _plain(picture: Pillow.Image, *, has_alpha: bool) -> Pillow.Image:
    """Palettes and pictures of 16 bits a sign in a mode that can be made smaller."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    """A profile that does not fit its picture is worth nothing."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        own, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, srgb, outputMode=mode) or picture
    return picture


def _series(kind: str, picture: Pillow.Image) -> Iterator[Drawn]:
    """Every width in every format. How well each format may be kept is tried once, at the usual width."""
    usual = _small(picture, min(picture.width, USUAL_WIDTH))
    qualities = {name: _quality(usual, name) for name in ("AVIF", "WEBP")}
    for width in reversed(widths_of(picture.width)):
        # From the copy before, which is the next larger one: the picture itself is read once.
        picture = _small(picture, width)
        for name, quality in qualities.items():
            yield Drawn(kind, name, *picture.size, _encoded(picture, name, quality))


def _small(picture: Pillow.Image, width: int) -> Pillow.Image:
    if picture.width == width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0)


def _on_paper(picture: Pillow.Image) -> Pillow.Image:
    """Without transparency, which JPEG has not."""
    if picture.mode != "RGBA":
        return picture
    paper = Pillow.new("RGB", picture.size, PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _quality(picture: Pillow.Image, name: str) -> int:
    """The best at which it is light enough, else the worst."""
    *better, worst = QUALITIES[name]
    return next((quality for quality in better if len(_encoded(picture, name, quality)) <= USUAL_BYTES), worst)


def _encoded(picture: Pillow.Image, name: str, quality: int) -> bytes:
    written = BytesIO()
    picture.save(written, name, quality=quality, **OPTIONS[name])
    return written.getvalue()
