"""Metadata in the boxes of an AVIF: emptied where it stands, so that nothing moves."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.pictures import boxes
from articles.pictures.boxes import kept_of_avif

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


def entry(number: int, kind: bytes) -> bytes:
    """What `iinf` says of one item."""
    return box(b"infe", b"\2\0\0\0" + struct.pack(">HH", number, 0) + kind + b"\0")


def places(*items: tuple[int, list[tuple[int, int]]]) -> bytes:
    """An `iloc` that says of each item where its stretches stand: start and length."""
    said = b"".join(
        struct.pack(">HHH", number, 0, len(stretches)) + b"".join(struct.pack(">II", *place) for place in stretches)
        for number, stretches in items
    )
    return box(b"iloc", bytes(4) + b"\x44\0" + struct.pack(">H", len(items)) + said)


def meta_of(*parts: bytes) -> bytes:
    return box(b"meta", bytes(4) + b"".join(parts))


def items_of(*entries: bytes) -> bytes:
    return box(b"iinf", bytes(4) + struct.pack(">H", len(entries)) + b"".join(entries))


@pytest.fixture
def cleared(monkeypatch) -> list[int]:
    """How many bytes were cleared, one time after another."""
    lengths: list[int] = []
    clear = boxes._clear

    def counted(written: bytearray, start: int, end: int) -> None:
        lengths.append(max(0, min(end, len(written)) - start))
        clear(written, start, end)

    monkeypatch.setattr(boxes, "_clear", counted)
    return lengths


def test_kept_of_avif_clears_a_byte_once_however_many_items_stand_there(cleared):
    """In one list of items or in many: the file has several."""
    numbers = range(1, 20)
    stretches = [(5_000, 0), (9_000, 5_000), (10_000, 100), (9_500, 20_000)] * 50
    listed = items_of(*(entry(number, b"Exif") for number in numbers))
    begin = 3 * len(meta_of(listed, places(*[(number, stretches) for number in numbers])))
    moved = [(begin + start, length) for start, length in stretches]
    metas = 3 * meta_of(listed, places(*[(number, moved) for number in numbers]))

    after = kept_of_avif(metas + box(b"mdat", b"\xff" * 29_992))

    assert after[begin:] == box(b"mdat", b"\xff" * 4_992 + bytes(25_000))
    assert max(cleared) == 25_000
    assert sum(cleared) < 26_000


@pytest.mark.parametrize(
    "hostile",
    [
        # Stretches that take no byte of the file: all sizes are 0.
        meta_of(
            items_of(entry(1, b"Exif")),
            box(b"iloc", bytes(4) + b"\0\0" + struct.pack(">H", 9) + struct.pack(">HHH", 1, 0, 65_535) * 9),
        ),
        meta_of(items_of(entry(1, b"Exif")), places(*[(1, [])] * 60_000)) * 2,
        box(b"free", b"") * 120_000,
        meta_of(
            items_of(), box(b"pitm", bytes(4) + b"\0\1"), box(b"iref", bytes(4) + box(b"dimg", bytes(2 * 120_000)))
        ),
    ],
    ids=["stretches", "items", "boxes", "references"],
)
def test_kept_of_avif_refuses_more_parts_than_a_picture_has(hostile):
    with pytest.raises(ValueError, match="more parts"):
        kept_of_avif(hostile)


def reference(name: bytes, origin: int, *targets: int) -> bytes:
    return box(name, struct.pack(f">HH{len(targets)}H", origin, len(targets), *targets))


def test_kept_of_avif_keeps_the_items_that_the_primary_one_needs():
    kinds = dict(enumerate(b"grid av01 av01 av01 av01 av01 tmap av01 Exif av01".split(), 1))
    references = (
        *(reference(b"dimg", 1, 2, 3), reference(b"auxl", 4, 1), reference(b"thmb", 5, 1), reference(b"dimg", 7, 1, 8)),
        *(reference(b"cdsc", 9, 1), reference(b"auxl", 10, 5)),
    )

    def content(begin: int) -> bytes:
        return meta_of(
            box(b"pitm", bytes(4) + b"\0\1"),
            items_of(*(entry(number, kind) for number, kind in kinds.items())),
            box(b"iref", bytes(4) + b"".join(references)),
            places(*[(number, [(begin + number, 1)]) for number in kinds]),
        )

    head = content(len(content(0)) + 7)

    after = kept_of_avif(head + box(b"mdat", b"0123456789A"[1:]))

    assert after[-10:].replace(b"\0", b"-") == b"1234--78--"
    assert after.count(b"skip") == 4


@pytest.mark.parametrize("name", [b"udes", b"uuid", b"free", b"what"])
def test_kept_of_avif_empties_a_property_that_is_no_part_of_the_picture(name):
    sound, hidden = avif(), box(name, SECRET)
    # Room for one more is made at the end of `meta`, and taken at the end of the properties.
    before = bytearray(with_box_in_meta(sound, hidden).replace(hidden, b""))
    end = before.index(b"ipma") - 4
    before[end:end] = hidden
    for outer in (b"iprp", b"ipco"):
        size = before.index(outer) - 4
        before[size : size + 4] = struct.pack(">I", int.from_bytes(before[size : size + 4]) + len(hidden))

    after = kept_of_avif(bytes(before))

    assert (before.count(SECRET), after.count(SECRET)) == (1, 0)
    assert (pixels(after), len(after)) == (pixels(sound), len(before))


def test_kept_of_avif_leaves_out_a_small_copy():
    """It may show what was cut off. Here the transparency is made one."""
    written = BytesIO()
    Pillow.new("RGBA", (16, 9), (200, 10, 10, 120)).save(written, "AVIF")
    before = written.getvalue()

    after = kept_of_avif(before.replace(b"auxl", b"thmb"))

    with Pillow.open(BytesIO(after)) as opened:
        assert (opened.mode, after.count(b"Alpha"), after.count(b"skip")) == ("RGB", 0, 1)
