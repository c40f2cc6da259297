"""The drawn picture of a story: its words fit, whatever they are."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from articles.pictures import share_images
from articles.pictures.share_images import (
    HEADLINE_BOTTOM,
    HEADLINE_SIZES,
    HEADLINE_TOP,
    MARGIN,
    WIDTH,
    Card,
    drawn,
    lines_of,
)

HEADLINES = [
    "Fog, then nothing",
    "Norway readies 14,000 troops from nine nations for Northern Lantern, its largest winter exercise in three years",
    "x" * 250,
    "Łódź and Ağrı: a very long name stands here " * 5,
    "<b>“odd”</b> & more",
    "-",
]


def picture(headline):
    return Image.open(io.BytesIO(drawn(Card("Newsroom", "Sea", headline, "22 November 2026"))))


@pytest.mark.parametrize("headline", HEADLINES)
def test_headline_stays_within_its_margins(headline):
    shown = picture(headline[:250]).convert("L")

    assert shown.size == (1200, 630)
    paper = shown.getpixel((0, 0))
    beside = shown.crop((WIDTH - MARGIN + 4, 0, WIDTH, 630))
    below = shown.crop((0, HEADLINE_BOTTOM + 8, WIDTH, 518))
    assert {colour for _, colour in beside.getcolors()} == {paper}
    assert {colour for _, colour in below.getcolors()} == {paper}


def test_headline_that_fits_at_no_size_ends_with_an_ellipsis(monkeypatch):
    monkeypatch.setattr(share_images, "HEADLINE_SIZES", range(84, 80, -4))

    face, lines = share_images._fitting("A headline of many words " * 10)

    assert lines[-1].endswith("…")
    assert len(lines) == int((HEADLINE_BOTTOM - HEADLINE_TOP) / (face.size * share_images.LEADING))


def test_lines_break_a_word_that_is_too_wide():
    face = share_images._face("source-serif-4", HEADLINE_SIZES[-1], 650)

    lines = lines_of(f"short {'w' * 60}", face, 500)

    assert "".join(lines) == "short" + "w" * 60
    assert all(face.width(line) <= 500 for line in lines)


@pytest.mark.parametrize(
    ("headline", "can"), [("Łódź – “quote” 50 %", True), ("Привет", False), ("台灣", False), ("a\u202eb", False)]
)
def test_headline_in_letters_that_we_lack_has_no_picture(headline, can):
    assert share_images.can_be_set(headline) == can


def test_same_words_are_drawn_once_and_other_words_have_another_digest():
    card = Card("Newsroom", "Sea", "Fog", "1 May 2026")

    assert drawn(card) is drawn(Card("Newsroom", "Sea", "Fog", "1 May 2026"))
    assert card.digest != Card("Newsroom", "Sea", "Fog", "2 May 2026").digest


def test_colours_are_those_of_the_site():
    tokens = Path("newsroom/static/site/tokens.css").read_text()
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", tokens.partition("@media")[0]))

    own = share_images.PAPER, share_images.INK, share_images.MUTED, share_images.ACCENT
    assert own == (light["paper"], light["ink"], light["ink-muted"], light["accent"])
