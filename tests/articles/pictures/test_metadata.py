"""What a photograph's file tells beside the picture does not reach the desk's store."""

import random
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageFilter, ImageOps, ImageStat

from articles.pictures.metadata import without_metadata

GPS = 0x8825


def photograph(kind: str = "JPEG", *, orientation: int = 1) -> bytes:
    """Sixteen by nine pixels, half red and half blue, that say where they were taken."""
    picture = Pillow.new("RGB", (16, 9), "red")
    picture.paste("blue", (0, 0, 8, 9))
    facts = Pillow.Exif()
    facts[0x010E] = "The source’s kitchen"
    facts[0x0112] = orientation
    facts.get_ifd(GPS)[2] = (59.0, 54.0, 41.0)
    written = BytesIO()
    picture.save(written, kind, exif=facts.tobytes(), quality=95)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_without_metadata_forgets_where_it_was_taken(kind):
    before = photograph(kind)

    after = without_metadata(before)

    with Pillow.open(BytesIO(after)) as picture:
        assert (picture.format, picture.size) == (kind, (16, 9))
        assert dict(picture.getexif()) == {}
    assert b"kitchen" in before
    assert b"kitchen" not in after


def test_without_metadata_leaves_every_pixel_of_an_upright_jpeg():
    before = photograph()

    after = without_metadata(before)

    with Pillow.open(BytesIO(before)) as old, Pillow.open(BytesIO(after)) as new:
        assert old.tobytes() == new.tobytes()


@pytest.mark.parametrize("is_lossless", [True, False])
def test_without_metadata_leaves_every_pixel_of_an_upright_webp(is_lossless):
    picture = Pillow.effect_noise((64, 40), 90).convert("RGB")
    facts = Pillow.Exif()
    facts[0x010E] = "The source’s kitchen"
    written = BytesIO()
    picture.save(written, "WEBP", lossless=is_lossless, exif=facts.tobytes(), xmp=b"<x>kitchen</x>", icc_profile=b"hue")

    after = without_metadata(written.getvalue() + b"a film hangs behind")

    with Pillow.open(written) as old, Pillow.open(BytesIO(after)) as new:
        assert (old.tobytes(), new.info["icc_profile"]) == (new.tobytes(), b"hue")
        assert not {"exif", "xmp"} & new.info.keys()
    assert (b"kitchen" in after, b"film" in after) == (False, False)


def test_without_metadata_keeps_an_animated_webp_moving():
    frames = [Pillow.new("RGB", (16, 9), colour) for colour in ("red", "navy")]
    written = BytesIO()
    facts = Pillow.Exif()
    facts[0x010E] = "kitchen"
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:], exif=facts.tobytes())

    after = without_metadata(written.getvalue())

    with Pillow.open(BytesIO(after)) as picture:
        assert (picture.n_frames, b"kitchen" in after) == (2, False)


@pytest.mark.parametrize("orientation", [1, 6])
def test_without_metadata_takes_the_first_of_several_jpegs_in_a_file(orientation):
    """As telephones write them, with a second view or a map of depths behind the picture."""
    with Pillow.open(BytesIO(photograph(orientation=orientation))) as first:
        second = Pillow.new("RGB", (16, 9), "lime")
        written = BytesIO()
        first.save(written, "MPO", save_all=True, append_images=[second], exif=first.getexif().tobytes())
    with Pillow.open(written) as before:
        assert (before.format, before.n_frames) == ("MPO", 2)

    after = without_metadata(written.getvalue())

    with Pillow.open(BytesIO(after)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (16, 9) if orientation == 1 else (9, 16))
        assert dict(picture.getexif()) == {}
    assert (b"kitchen" in after, b"MPF" in after, after.count(b"\xff\xd8\xff")) == (False, False, 1)


def test_without_metadata_turns_a_picture_upright():
    after = without_metadata(photograph(orientation=6))

    with Pillow.open(BytesIO(after)) as picture:
        assert picture.size == (9, 16)
        assert dict(picture.getexif()) == {}


def turned(size: tuple[int, int] = (320, 240), *, mode: str = "RGB", orientation: int = 6, **options: object) -> bytes:
    """A JPEG with something to lose in it, that is to be turned."""
    grain = Pillow.frombytes("L", size, random.Random(size[0]).randbytes(size[0] * size[1]))
    noise = grain.filter(ImageFilter.GaussianBlur(2))
    slope = Pillow.radial_gradient("L").resize(size)
    picture = Pillow.merge("RGB", (noise, slope, ImageOps.mirror(noise))).convert(mode)
    facts = Pillow.Exif()
    facts[0x0112] = orientation
    written = BytesIO()
    picture.save(written, "JPEG", exif=facts.tobytes(), **options)
    return written.getvalue()


def lost_in(before: bytes, after: bytes) -> float:
    """The mean difference of a sign of a pixel, of 256 steps, once both stand upright."""
    with Pillow.open(BytesIO(before)) as old, Pillow.open(BytesIO(after)) as new:
        upright = ImageOps.exif_transpose(old)
        assert (new.size, new.mode, dict(new.getexif())) == (upright.size, upright.mode, {})
        return max(ImageStat.Stat(ImageChops.difference(upright, new)).rms)


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("subsampling", ["4:4:4", "4:2:0"])
def test_without_metadata_turns_a_jpeg_at_next_to_no_loss(orientation, subsampling):
    before = turned(orientation=orientation, subsampling=subsampling, quality=75)

    after = without_metadata(before)

    assert lost_in(before, after) < (0.4 if subsampling == "4:4:4" else 0.8)
    assert len(after) < 1.05 * len(before)


def test_without_metadata_turns_a_jpeg_of_nothing_but_noise():
    """Such as a camera writes at night, at its best: it fits into no buffer of libjpeg's."""
    noise = Pillow.frombytes("RGB", (1600, 1200), random.Random(7).randbytes(1600 * 1200 * 3))
    facts = Pillow.Exif()
    facts[0x0112] = 6
    written = BytesIO()
    noise.save(written, "JPEG", exif=facts.tobytes(), quality=100, subsampling="4:4:4")

    with Pillow.open(BytesIO(without_metadata(written.getvalue()))) as upright:
        assert upright.size == (1200, 1600)


def test_without_metadata_turns_a_grey_jpeg_at_next_to_no_loss():
    before = turned(mode="L", quality=75)

    assert lost_in(before, without_metadata(before)) < 0.18


@pytest.mark.parametrize(
    "unusual",
    [{"size": (323, 241)}, {"size": (328, 248), "subsampling": "4:2:0"}, {"subsampling": "4:2:2"}, {"mode": "CMYK"}],
)
def test_without_metadata_turns_what_is_cut_into_other_blocks_finely(unusual):
    before = turned(quality=50, **unusual)

    after = without_metadata(before)

    assert lost_in(before, after) < 2
    with Pillow.open(BytesIO(after)) as picture:
        assert max(picture.quantization[0]) < 15


def test_without_metadata_leaves_a_moving_picture_as_its_frames_are():
    """Not one is written again, which takes seconds of a request, even where its metadata says that it lies on its
    side: no browser turns it."""
    frames = [Pillow.effect_noise((16, 9), 90).convert("RGB") for _ in range(3)]
    facts = Pillow.Exif()
    facts[0x010E] = "kitchen"
    for kind in ("AVIF", "PNG", "WEBP"):
        written = BytesIO()
        if kind != "AVIF":
            # An AVIF that moves and lies on its side is more than the encoder can write.
            facts[0x0112] = 6
        frames[0].save(written, kind, save_all=True, append_images=frames[1:], exif=facts.tobytes())

        after = without_metadata(written.getvalue())

        with Pillow.open(written) as old, Pillow.open(BytesIO(after)) as new:
            assert (new.n_frames, new.size, b"kitchen" in after) == (3, (16, 9), False), kind
            for frame in range(3):
                old.seek(frame)
                new.seek(frame)
                assert old.tobytes() == new.tobytes(), kind


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_without_metadata_leaves_every_pixel_of_what_stands_upright(kind):
    picture = Pillow.effect_noise((64, 40), 90).convert("RGB")
    facts = Pillow.Exif()
    facts[0x010E] = "kitchen"
    written = BytesIO()
    picture.save(written, kind, exif=facts.tobytes(), **({} if kind == "PNG" else {"xmp": b"<x>kitchen</x>"}))

    after = without_metadata(written.getvalue())

    with Pillow.open(written) as old, Pillow.open(BytesIO(after)) as new:
        assert old.tobytes() == new.tobytes()
        assert not {"exif", "xmp"} & new.info.keys()
    assert (b"kitchen" in written.getvalue(), b"kitchen" in after) == (True, False)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_without_metadata_returns_a_bare_file_as_it_is(kind):
    written = BytesIO()
    Pillow.new("RGB", (16, 9), "navy").save(written, kind)

    assert without_metadata(written.getvalue()) == written.getvalue()


def test_without_metadata_keeps_the_colour_profile():
    written = BytesIO()
    Pillow.new("RGB", (16, 9), "navy").save(written, "JPEG", icc_profile=b"profile of colours", comment=b"secret")

    after = without_metadata(written.getvalue())

    with Pillow.open(BytesIO(after)) as picture:
        assert picture.info["icc_profile"] == b"profile of colours"
    assert b"secret" not in after


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_without_metadata_gives_the_same_bytes_twice(kind):
    once = without_metadata(photograph(kind))

    assert without_metadata(once) == once


def test_without_metadata_takes_a_picture_whose_metadata_nobody_can_read():
    """What no browser makes anything of is no reason to refuse a picture."""
    before = photograph("WEBP", orientation=6)
    at = before.index(b"MM\0*")
    before = before[:at] + b"MM\x1e*" + before[at + 4 :]

    after = without_metadata(before)

    with Pillow.open(BytesIO(after)) as picture:
        assert (picture.size, "exif" in picture.info) == ((16, 9), False)
