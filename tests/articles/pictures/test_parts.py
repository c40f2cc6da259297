"""Metadata in unusual places: what is not on the list of a format's parts is left out, and no pixel with it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.pictures.parts import kept_of_jpeg, kept_of_png, kept_of_webp

SECRET = b"59.9 N, 10.7 E"


def picture(kind: str, **options: object) -> bytes:
    written = BytesIO()
    Pillow.linear_gradient("L").resize((64, 48)).convert("RGB").save(written, kind, **options)
    return written.getvalue()


def pixels(content: bytes) -> bytes:
    with Pillow.open(BytesIO(content)) as opened:
        return opened.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def riff(chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


@pytest.mark.parametrize(
    "hidden",
    [
        segment(0xE0, b"JFXX\0\x10" + SECRET),
        segment(0xE2, b"MPF\0" + SECRET),
        segment(0xEE, SECRET),
        segment(0xEB, SECRET),
        segment(0xF7, SECRET),
        segment(0xC8, SECRET),
        segment(0xFE, SECRET),
        SECRET,
    ],
    ids=["small copy", "further pictures", "APP14", "C2PA", "JPG7", "JPG", "comment", "between segments"],
)
def test_kept_of_jpeg_leaves_out_what_is_not_the_picture(hidden):
    sound = picture("JPEG")

    after = kept_of_jpeg(sound[:20] + hidden + sound[20:])

    assert after == sound


@pytest.mark.parametrize("padding", [b"\0", b"\0\0\0", b"\xff", b"\xff\xff", b"\x0d\x0a", b"\xff\xd3"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_kept_of_jpeg_goes_on_behind_filling_bytes(padding, options):
    sound = picture("JPEG", **options)

    for place in (2, 20):
        assert kept_of_jpeg(sound[:place] + padding + sound[place:]) == sound


def test_kept_of_jpeg_empties_the_small_copy_in_its_head():
    sound = picture("JPEG")
    body = sound[6:18] + b"\x05\x01" + SECRET + b"!"

    assert kept_of_jpeg(sound[:2] + segment(0xE0, body) + sound[20:]) == sound


def test_kept_of_jpeg_keeps_the_colours_of_four_inks():
    written = BytesIO()
    Pillow.new("CMYK", (16, 9), (10, 200, 30, 40)).save(written, "JPEG")

    assert pixels(kept_of_jpeg(written.getvalue())) == pixels(written.getvalue())


def test_kept_of_png_ends_with_the_first_end():
    facts = Pillow.Exif()
    facts[0x010E] = SECRET.decode()
    sound, other = picture("PNG"), picture("PNG", exif=facts.tobytes())

    for behind in (other, png_chunk(b"IDAT", SECRET), other[8:]):
        assert kept_of_png(sound + behind) == sound


@pytest.mark.parametrize("name", [b"caBX", b"eXIf", b"tEXt", b"iTXt", b"tIME", b"sPLT", b"prVW"])
def test_kept_of_png_leaves_out_what_is_not_the_picture(name):
    sound = picture("PNG")

    assert kept_of_png(sound[:33] + png_chunk(name, SECRET) + sound[33:]) == sound


@pytest.mark.parametrize("name", [b"C2PA", b"EXIF", b"XMP ", b"what"])
def test_kept_of_webp_leaves_out_what_is_not_the_picture(name):
    sound = picture("WEBP")

    for hidden in (SECRET, SECRET + b"!"):
        assert kept_of_webp(riff(sound[12:] + webp_chunk(name, hidden))) == sound


def test_kept_of_webp_leaves_out_what_stands_in_a_frame():
    frames = [Pillow.new("RGB", (16, 9), colour) for colour in ("red", "navy")]
    written = BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    sound = written.getvalue()
    at = sound.index(b"ANMF")
    size = int.from_bytes(sound[at + 4 : at + 8], "little")
    frame = webp_chunk(b"ANMF", sound[at + 8 : at + 8 + size] + webp_chunk(b"what", SECRET))

    after = kept_of_webp(riff(sound[12:at] + frame + sound[at + 8 + size + size % 2 :]))

    assert after == sound


def test_kept_of_webp_follows_no_frame_in_a_frame_and_a_head_without_a_body():
    nested = b""
    for _ in range(3000):
        nested = webp_chunk(b"ANMF", bytes(16) + nested)

    after = kept_of_webp(riff(webp_chunk(b"VP8X", b"") + nested))

    assert after == riff(webp_chunk(b"VP8X", b"") + webp_chunk(b"ANMF", bytes(16)))
