"""What a photograph's file tells beside the picture does not reach the desk's store."""

from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.picture_metadata import without_metadata

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


def test_without_metadata_turns_a_picture_upright():
    after = without_metadata(photograph(orientation=6))

    with Pillow.open(BytesIO(after)) as picture:
        assert picture.size == (9, 16)
        assert dict(picture.getexif()) == {}


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


def test_without_metadata_gives_the_same_bytes_twice():
    once = without_metadata(photograph())

    assert without_metadata(once) == once
