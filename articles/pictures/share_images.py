"""The picture that stands for a story without one where its address is shared: kicker, headline and day, set as the
site sets them. Drawn when it is asked for and kept in memory alone, so that nothing of a killed headline stays on a
disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
# As in newsroom/static/site/tokens.css, in light.
PAPER, INK, MUTED, ACCENT = "#fcfbf8", "#16181c", "#5b6068", "#96281b"
KICKER, LINE, WORDMARK = 30, 28, 52
# The largest size at which a headline fits is taken; one that fits at none is cut.
HEADLINE_SIZES = range(84, 38, -4)
HEADLINE_TOP, HEADLINE_BOTTOM = 150, 500
LEADING = 1.14
# What the drawing looks like; raised with each change of it, so that caches see another picture.
DESIGN = 1
KEPT = 64


@dataclass(frozen=True, slots=True)
class Card:
    """The words of the picture."""

    paper: str
    kicker: str
    headline: str
    line: str

    @property
    def digest(self) -> str:
        return sha256(repr((DESIGN, self)).encode()).hexdigest()[:32]


class Face:
    """One of our typefaces in one size and weight: the file of everyday letters, and the one of further letters."""

    def __init__(self, name: str, size: int, weight: int) -> None:
        self.fonts = [_font(f"site/fonts/{name}{part}.woff2", size, weight) for part in ("", "-extended")]
        self.size = size

    def runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for font, signs in groupby(text, key=self._font_of):
            yield font, "".join(signs)

    def width(self, text: str) -> float:
        return sum(font.getlength(run) for font, run in self.runs(text))

    def _font_of(self, sign: str) -> ImageFont.FreeTypeFont:
        return next((font for font in self.fonts if _has(font, sign)), self.fonts[0])


def can_be_set(text: str) -> bool:
    """Whether our typefaces have all its signs. What they lack would be a gap: such a story gets no picture."""
    face = _face("source-serif-4", HEADLINE_SIZES[-1], 650)
    return all(any(_has(font, sign) for font in face.fonts) for sign in set(text))


@lru_cache(maxsize=KEPT)
def drawn(card: Card) -> bytes:
    """The picture as PNG."""
    # Pillow takes megabytes, which most processes never need: so here, and in the other modules about pictures.
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    right, foot = WIDTH - MARGIN, HEIGHT - 108
    _write(pen, (MARGIN, 76), card.kicker, _face("inter", KICKER, 600), ACCENT)
    _write_headline(pen, card.headline)
    pen.line((MARGIN, foot, right, foot), INK, width=3)
    pen.line((MARGIN, foot + 7, right, foot + 7), INK, width=1)
    _write(pen, (MARGIN, foot + 26), card.paper, _face("source-serif-4", WORDMARK, 700), INK)
    line = _face("inter", LINE, 400)
    _write(pen, (right - line.width(card.line), foot + 46), card.line, line, MUTED)
    file = BytesIO()
    # A palette of the few colours there are: a third of the bytes.
    picture.quantize(colors=64).save(file, "PNG", optimize=True)
    return file.getvalue()


def lines_of(text: str, face: Face, width: int) -> list[str]:
    """Words in lines that are no wider; a word that is wider alone is broken."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, face, width):
            together = f"{lines[-1]} {piece}" if lines else piece
            if lines and face.width(together) <= width:
                lines[-1] = together
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, face: Face, width: int) -> Iterator[str]:
    start = 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and face.width(word[start:end]) > width:
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]


def _write_headline(pen: ImageDraw.ImageDraw, headline: str) -> None:
    face, lines = _fitting(headline)
    height = face.size * LEADING
    for number, line in enumerate(lines):
        _write(pen, (MARGIN, HEADLINE_TOP + number * height), line, face, INK)


def _fitting(headline: str) -> tuple[Face, Sequence[str]]:
    """The largest setting that fits; of what fits in none the beginning, with an ellipsis."""
    for size in HEADLINE_SIZES:
        face = _face("source-serif-4", size, 650)
        lines = lines_of(headline, face, WIDTH - 2 * MARGIN)
        most = int((HEADLINE_BOTTOM - HEADLINE_TOP) / (size * LEADING))
        if len(lines) <= most:
            return face, lines
    return face, [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: Face, colour: str) -> None:
    x, y = at
    for font, run in face.runs(text):
        pen.text((x, y + face.size), run, fill=colour, font=font, anchor="ls")
        x += font.getlength(run)


@cache
def _face(name: str, size: int, weight: int) -> Face:
    return Face(name, size, weight)


def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(str(finders.find(name)), size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _has(font: ImageFont.FreeTypeFont, sign: str) -> bool:
    """Our files draw nothing for a letter that they lack; signs that only turn lines round cannot be set at all."""
    try:
        return sign.isspace() or font.getmask(sign).getbbox() is not None
    except ValueError:
        return False
