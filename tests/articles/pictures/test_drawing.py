"""The pixels of renditions: widths, crops, formats, colours, weight."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageCms, UnidentifiedImageError

from articles.pictures.drawing import Drawn, box_of, drawn, share_box, widths_of

MIDDLE = (0.5, 0.5)


def file_of(picture: Pillow.Image, kind: str = "PNG", **options) -> BytesIO:
    written = BytesIO()
    picture.save(written, kind, **options)
    written.seek(0)
    return written


def flat(width: int, height: int, colour="navy", mode: str = "RGB") -> Pillow.Image:
    return Pillow.new(mode, (width, height), colour)


def opened(copy: Drawn) -> Pillow.Image:
    return Pillow.open(BytesIO(copy.content))


def sizes(copies: list[Drawn], kind: str) -> list[tuple[str, int, int]]:
    return sorted((copy.format, copy.width, copy.height) for copy in copies if copy.kind == kind)


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (300, [300]),
        (480, [480]),
        (500, [500]),
        (1000, [480, 1000]),
        (1600, [480, 960, 1600]),
        (1920, [480, 960, 1440, 1920]),
        (2100, [480, 960, 1440, 1920]),
        (9000, [480, 960, 1440, 1920]),
    ],
)
def test_widths_are_never_more_than_the_picture_has(width, widths):
    assert widths_of(width) == widths


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        (MIDDLE, (200, 0, 1000, 450)),
        ((0.0, 0.0), (0, 0, 800, 450)),
        ((1.0, 1.0), (400, 0, 1200, 450)),
        ((0.75, 0.1), (400, 0, 1200, 450)),
        ((0.4, 0.9), (80, 0, 880, 450)),
    ],
)
def test_box_keeps_the_focal_point_inside(focus, box):
    assert box_of((1200, 450), 16 / 9, focus) == box


def test_box_of_a_sliver_is_a_pixel():
    assert box_of((1, 4000), 16 / 9, MIDDLE) == (0, 2000, 1, 2001)


def test_share_box_is_as_networks_cut():
    assert share_box((2400, 1260), MIDDLE) == (0, 0, 2400, 1260)


def test_drawn_makes_both_formats_in_every_width_and_a_share_image():
    copies = list(drawn(file_of(flat(1000, 1000)), focus=MIDDLE))

    assert sizes(copies, "whole") == [
        *(("AVIF", width, width) for width in (480, 1000)),
        *(("WEBP", width, width) for width in (480, 1000)),
    ]
    assert sizes(copies, "hero") == [("AVIF", 480, 270), ("AVIF", 1000, 562), ("WEBP", 480, 270), ("WEBP", 1000, 562)]
    assert sizes(copies, "share") == [("JPEG", 1000, 525)]
    assert all(opened(copy).format == copy.format for copy in copies)
    assert all(opened(copy).size == (copy.width, copy.height) for copy in copies)


def test_drawn_cuts_where_the_focal_point_is():
    picture = flat(1600, 400, "white")
    picture.paste(flat(400, 400, "red"), (1200, 0))

    share = {
        focus: next(copy for copy in drawn(file_of(picture), focus=focus) if copy.kind == "share")
        for focus in ((0.0, 0.5), (1.0, 0.5))
    }

    corners = [opened(copy).getpixel((copy.width - 5, 5)) for copy in share.values()]
    assert [green > 200 for _red, green, _blue in corners] == [True, False]


def test_drawn_carries_no_metadata():
    exif = Pillow.Exif()
    exif[0x010F], exif[0x013B] = "Camera of a source", "A name"
    file = file_of(flat(600, 400), "JPEG", exif=exif, comment=b"secret")

    for copy in drawn(file, focus=MIDDLE):
        assert b"source" not in copy.content
        assert b"secret" not in copy.content
        assert not opened(copy).getexif()


def test_drawn_turns_a_picture_upright():
    exif = Pillow.Exif()
    exif[0x0112] = 6

    copies = list(drawn(file_of(flat(600, 300), "JPEG", exif=exif), focus=MIDDLE))

    assert sizes(copies, "whole") == [("AVIF", 300, 600), ("WEBP", 300, 600)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_drawn_takes_pictures_of_every_mode(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    grey = flat(64, 48, "grey")
    picture = flat(64, 48, 128 * 257, "I;16") if mode == "I;16" else grey.convert(mode)

    copies = list(drawn(file_of(picture, kind), focus=MIDDLE))

    # Half grey stays half grey; dithered, on average.
    grey = [opened(copy).convert("L").resize((1, 1), Pillow.Resampling.BOX).getpixel((0, 0)) for copy in copies]
    assert all(abs(value - 128) < 12 for value in grey)


def test_drawn_keeps_what_is_transparent_but_on_a_share_image():
    copies = {
        copy.kind + copy.format: copy for copy in drawn(file_of(flat(40, 30, (0, 0, 0, 0), "RGBA")), focus=MIDDLE)
    }

    assert opened(copies["wholeWEBP"]).convert("RGBA").getpixel((5, 5))[3] == 0
    assert opened(copies["wholeAVIF"]).convert("RGBA").getpixel((5, 5))[3] == 0
    assert opened(copies["shareJPEG"]).getpixel((5, 5)) == (255, 255, 255)


def test_drawn_reads_a_colour_profile_and_survives_a_wrong_one():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    for profile in (lab, b"no profile"):
        copies = list(drawn(file_of(flat(64, 48, "navy"), "JPEG", icc_profile=profile), focus=MIDDLE))
        assert all("icc_profile" not in opened(copy).info for copy in copies)


def test_drawn_lets_a_moving_picture_move():
    frames = [flat(64, 48, colour) for colour in ("navy", "red")]
    file = file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:])

    assert [copy.kind for copy in drawn(file, focus=MIDDLE)] == ["share"]


def test_hero_of_a_grainy_picture_is_light_enough_at_its_usual_width():
    grain = Pillow.frombytes("L", (960, 540), random.Random(1).randbytes(960 * 540))
    noise = grain.resize((1920, 1200), Pillow.Resampling.BICUBIC).convert("RGB")
    noise = Pillow.blend(flat(1920, 1200, "grey"), noise, 0.5)

    copies = list(drawn(file_of(noise), focus=MIDDLE))

    weights = [len(copy.content) for copy in copies if (copy.kind, copy.width) == ("hero", 960)]
    assert len(weights) == 2
    assert max(weights) <= 120_000


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_drawn_refuses_what_is_no_picture(content):
    with pytest.raises(UnidentifiedImageError):
        list(drawn(BytesIO(content), focus=MIDDLE))


def test_drawn_refuses_half_a_picture():
    whole = file_of(flat(900, 900), "JPEG").getvalue()

    with pytest.raises(OSError, match="truncated"):
        list(drawn(BytesIO(whole[: len(whole) // 2]), focus=MIDDLE))


def test_tall_picture_is_cut_to_what_a_page_can_bear():
    assert sizes(list(drawn(file_of(flat(50, 4000)), focus=MIDDLE)), "whole") == [("AVIF", 50, 150), ("WEBP", 50, 150)]


def test_picture_of_the_hero_s_own_shape_is_its_own_hero():
    copies = list(drawn(file_of(flat(960, 540)), focus=MIDDLE))

    assert {copy.kind for copy in copies} == {"whole", "share"}


def test_large_picture_is_made_smaller_before_its_copies():
    copies = list(drawn(file_of(flat(5000, 3000), "JPEG"), focus=MIDDLE))

    assert [size for size in sizes(copies, "hero") if size[0] == "AVIF"] == [
        ("AVIF", 480, 270),
        ("AVIF", 960, 540),
        ("AVIF", 1440, 810),
        ("AVIF", 1920, 1080),
    ]
