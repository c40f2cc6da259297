"""What the desk takes as a picture, and what it refuses, with the reason."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.picture_files import MAXIMUM_BYTES, check_picture


def picture(name: str = "a.png", *, kind: str = "PNG", size: tuple[int, int] = (8, 6)) -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", size, "navy").save(written, kind)
    return SimpleUploadedFile(name, written.getvalue())


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises more pixels than anybody should unpack."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"), ("AVIF", ".avif")])
def test_check_picture_takes_what_browsers_show(kind: str, suffix: str) -> None:
    file = picture("ship.upload", kind=kind)

    check_picture(file)

    assert file.name == f"ship{suffix}"


def test_check_picture_names_a_file_after_what_it_is() -> None:
    file = picture("ship.html")

    check_picture(file)

    assert file.name == "ship.png"


def test_check_picture_leaves_the_file_at_its_beginning() -> None:
    file = picture()

    check_picture(file)

    assert file.read(4) == b"\x89PNG"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "not a picture"),
        (SimpleUploadedFile("a.png", b"plain text"), "not a picture"),
        (picture("a.gif", kind="GIF"), "GIF file cannot be used"),
        (SimpleUploadedFile("a.png", picture(size=(400, 400)).read()[:200]), "damaged"),
        (SimpleUploadedFile("a.png", png_that_claims(9000, 9000)), "50 million"),
        (SimpleUploadedFile("a.png", png_that_claims(60000, 60000)), "50 million"),
    ],
    ids=["svg", "text", "gif", "cut short", "81 megapixels", "bomb"],
)
def test_check_picture_refuses_and_says_why(file: SimpleUploadedFile, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        check_picture(file)


def test_check_picture_refuses_a_file_that_is_too_large() -> None:
    file = picture()
    file.size = MAXIMUM_BYTES + 2**20

    with pytest.raises(ValidationError, match="26 MB"):
        check_picture(file)
