"""What the desk takes as a picture, and what it refuses, with the reason."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.pictures.files import MAXIMUM_BYTES, bare_picture, check_picture


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


def png_with_words_that_swell() -> bytes:
    """A PNG of some kilobytes with a comment that unpacks to 80 MB."""
    sound = picture().read()
    words = b"Comment\x00\x00" + zlib.compress(bytes(80_000_000), 9)
    chunk = struct.pack(">I", len(words)) + b"zTXt" + words + struct.pack(">I", zlib.crc32(b"zTXt" + words))
    return sound[:33] + chunk + sound[33:]


def heic(*brands: bytes) -> bytes:
    """The beginning of what an iPhone writes: the first brand is the major one."""
    names = brands[0] + bytes(4) + b"".join(brands[1:])
    return struct.pack(">I", 8 + len(names)) + b"ftyp" + names + bytes(200)


def moving(kind: str, **options: object) -> bytes:
    frames = [Image.effect_noise((160, 120), 60 + number).convert("RGB") for number in range(3)]
    written = BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], **options)
    return written.getvalue()


def cut_riff(content: bytes) -> bytes:
    """A WebP whose last frame breaks off, and whose head says that it is whole."""
    short = content[:-2000]
    return short[:4] + struct.pack("<I", len(short) - 8) + short[8:]


def png_that_claims_to_move(frames: int) -> bytes:
    content = moving("PNG")
    at = content.index(b"acTL")
    chunk = b"acTL" + struct.pack(">II", frames, 0)
    return content[:at] + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[at + 16 :]


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp"), ("AVIF", ".avif")])
def test_check_picture_takes_what_browsers_show(kind: str, suffix: str) -> None:
    file = picture("ship.upload", kind=kind)

    check_picture(file)

    assert file.name == f"ship{suffix}"


def test_check_picture_names_a_file_after_what_it_is() -> None:
    file = picture("ship.html")

    check_picture(file)

    assert file.name == "ship.png"


def test_check_picture_takes_several_jpegs_in_a_file_for_one() -> None:
    written = BytesIO()
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("navy", "lime")]
    frames[0].save(written, "MPO", save_all=True, append_images=frames[1:])
    file = SimpleUploadedFile("IMG_1.JPG", written.getvalue())

    check_picture(file)

    assert file.name == "IMG_1.jpg"


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
        (SimpleUploadedFile("a.svg", b'<?xml version="1.0"?><svg onload="alert(1)"/>'), "not a picture"),
        (SimpleUploadedFile("a.jpg", b"MZ\x90\x00" + bytes(200)), "not a picture"),
        (SimpleUploadedFile("a.jpg", b"\x7fELF\x02\x01\x01" + bytes(200)), "not a picture"),
        (SimpleUploadedFile("a.png", b"PK\x03\x04" + bytes(200)), "not a picture"),
        (SimpleUploadedFile("a.jpg", b"<html><script>alert(1)</script></html>"), "not a picture"),
        (
            SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0<script>alert(1)</script>" + bytes(200)),
            "not a picture|damaged",
        ),
        (SimpleUploadedFile("a.png", b""), "not a picture"),
        (SimpleUploadedFile("a.png", picture(size=(400, 400)).read()[:200]), "damaged"),
        (SimpleUploadedFile("a.jpg", picture(kind="JPEG", size=(400, 400)).read()[:900]), "damaged"),
        (SimpleUploadedFile("a.png", png_with_words_that_swell()), "damaged"),
        (SimpleUploadedFile("a.png", png_that_claims(9000, 9000)), "50 million"),
        (SimpleUploadedFile("a.png", png_that_claims(60000, 60000)), "50 million"),
        (SimpleUploadedFile("a.heic", heic(b"heic", b"mif1", b"heic")), "HEIC picture.*JPEG"),
        (SimpleUploadedFile("a.jpg", heic(b"mif1", b"mif1", b"heic")), "HEIC picture.*JPEG"),
        (SimpleUploadedFile("a.png", moving("PNG")[:-4000]), "damaged"),
        (SimpleUploadedFile("a.webp", cut_riff(moving("WEBP"))), "damaged"),
        (SimpleUploadedFile("a.png", png_that_claims_to_move(9000)), "9000 frames of 160 × 120.*50 million"),
    ],
    ids=[
        *("svg", "text", "gif", "svg with a script", "windows program", "linux program", "archive", "page"),
        *("page behind a jpeg's beginning", "nothing", "cut short", "jpeg cut short", "words that swell"),
        *("81 megapixels", "bomb", "heic", "heic of another brand"),
        *("moving png cut short", "moving webp cut short", "too many frames"),
    ],
)
def test_check_picture_refuses_and_says_why(file: SimpleUploadedFile, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        check_picture(file)


def test_check_picture_refuses_a_file_that_is_too_large() -> None:
    file = picture()
    file.size = MAXIMUM_BYTES + 2**20

    with pytest.raises(ValidationError, match="26 MB"):
        check_picture(file)


def test_check_picture_takes_an_avif_that_calls_itself_a_heic_as_well() -> None:
    content = picture(kind="AVIF").read()
    assert content[8:12] == b"avif"

    check_picture(SimpleUploadedFile("a.avif", content.replace(b"miaf", b"heic")))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_check_picture_takes_what_moves(kind: str) -> None:
    check_picture(SimpleUploadedFile("a.upload", moving(kind)))


def test_check_picture_counts_no_picture_that_hangs_behind_a_jpeg() -> None:
    written = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(
        written, "MPO", save_all=True, append_images=[Image.effect_noise((80, 60), 90).convert("RGB")]
    )

    file = SimpleUploadedFile("a.jpg", written.getvalue()[:-500])
    check_picture(file)

    assert Image.open(bare_picture(file)).format == "JPEG"


def test_bare_picture_keeps_a_jpeg_with_a_filling_byte_before_a_marker() -> None:
    sound = picture(kind="JPEG", size=(400, 300)).read()
    file = SimpleUploadedFile("a.jpg", sound[:20] + b"\0" + sound[20:])
    check_picture(file)

    bare = bare_picture(file)

    assert bare.read() == sound


def test_bare_picture_refuses_what_is_no_picture_without_its_metadata(monkeypatch) -> None:
    """Whatever the reason: nothing is stored that was not read to its end."""
    file = picture(kind="JPEG", size=(400, 300))
    sound = file.read()

    for left in (b"\xff\xd8\xff\xd9", sound[:900], picture().read(), picture(kind="JPEG").read()):
        monkeypatch.setattr("articles.pictures.files.without_metadata", lambda content, left=left: left)
        with pytest.raises(ValidationError, match="damaged"):
            bare_picture(file)


@pytest.mark.parametrize("error", [TypeError, AttributeError, RuntimeError, struct.error, OSError, MemoryError])
def test_check_picture_refuses_whatever_a_damaged_file_raises(monkeypatch, error) -> None:
    def stumble(self) -> None:
        raise error("a reader of Pillow’s")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", stumble)

    with pytest.raises(ValidationError, match="damaged"):
        check_picture(picture())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    "behind", [b"<script>alert(1)</script>", b"PK\x03\x04 an archive", b"\x00\x00\x00\x18ftypmp42 a film"]
)
def test_bare_picture_leaves_out_what_hangs_behind_it(kind: str, behind: bytes) -> None:
    sound = picture(kind=kind, size=(64, 48)).read()
    both = SimpleUploadedFile("a.jpg", sound + behind)
    check_picture(both)

    bare = bare_picture(both).read()

    assert behind not in bare
    assert len(bare) == len(sound)
    assert Image.open(BytesIO(bare)).tobytes() == Image.open(BytesIO(sound)).tobytes()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}])
def test_bare_picture_keeps_every_scan_of_a_jpeg(options: dict[str, object]) -> None:
    written = BytesIO()
    Image.effect_noise((160, 120), 90).convert("RGB").save(written, "JPEG", **options)
    sound = written.getvalue()

    bare = bare_picture(SimpleUploadedFile("a.jpg", sound))

    bare.seek(0)
    assert bare.read() == sound
