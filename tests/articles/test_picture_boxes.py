"""Metadata in the boxes of an AVIF: emptied where it stands, so that nothing moves."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.picture_boxes import kept_of_avif

SECRET = b"59.9 N, 10.7 E"


def avif(**options: object) -> bytes:
    written = BytesIO()
    Pillow.linear_gradient("L").resize((64, 48)).convert("RGB").save(written, "AVIF", **options)
    return written.getvalue()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def pixels(content: bytes) -> bytes:
    with Pillow.open(BytesIO(content)) as opened:
        return opened.tobytes()


def with_box_in_meta(content: bytes, hidden: bytes) -> bytes:
    """One more box at the end of `meta`; what stands behind moves, and where it stands is written down anew."""
    at = content.index(b"meta") - 4
    size = int.from_bytes(content[at : at + 4])
    meta = bytearray(struct.pack(">I", size + len(hidden)) + content[at + 4 : at + size])
    place = meta.index(b"iloc") + 4
    assert (meta[place], meta[place + 4]) == (0, 0x44)
    for item in range(int.from_bytes(meta[place + 6 : place + 8])):
        start = place + 8 + item * 14 + 6
        meta[start : start + 4] = struct.pack(">I", int.from_bytes(meta[start : start + 4]) + len(hidden))
    return content[:at] + bytes(meta) + hidden + content[at + size :]


@pytest.mark.parametrize("hidden", [box(b"uuid", b"0123456789abcdef" + SECRET), box(b"what", SECRET), SECRET])
def test_kept_of_avif_leaves_out_what_hangs_behind(hidden):
    sound = avif()

    assert kept_of_avif(sound + hidden) == sound


@pytest.mark.parametrize("name", [b"uuid", b"free", b"udta"])
def test_kept_of_avif_empties_a_box_among_others(name):
    sound = avif()
    hidden = box(name, SECRET)

    after = kept_of_avif(with_box_in_meta(sound, hidden))

    assert SECRET not in after
    assert (pixels(after), len(after)) == (pixels(sound), len(sound) + len(hidden))


def test_kept_of_avif_empties_items_that_are_no_picture():
    facts = Pillow.Exif()
    facts[0x010E] = "kitchen"
    before = avif(exif=facts.tobytes(), xmp=b"<x>kitchen</x>")

    after = kept_of_avif(before)

    assert (before.count(b"kitchen"), after.count(b"kitchen"), len(after)) == (2, 0, len(before))
    assert pixels(after) == pixels(before)


def test_kept_of_avif_keeps_a_bare_one_to_the_byte():
    translucent = BytesIO()
    Pillow.new("RGBA", (16, 9), (200, 10, 10, 120)).save(translucent, "AVIF")
    frames = [Pillow.new("RGB", (16, 9), colour) for colour in ("red", "navy")]
    moving = BytesIO()
    frames[0].save(moving, "AVIF", save_all=True, append_images=frames[1:])

    for sound in (avif(), translucent.getvalue(), moving.getvalue()):
        assert kept_of_avif(sound) == sound
