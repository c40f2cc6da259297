"""What is kept of a picture's file, part by part: the image, its colours and how it moves, and nothing else. No pixel
changes.

Metadata stands in more places than anybody lists; the parts that make a picture are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# JPEG (ITU-T T.81, annex B): frames, tables, restarts and scans; of APP0, APP2 and APP14 what `_kept_segment` says.
START_OF_SCAN, START_OF_IMAGE, END_OF_IMAGE = 0xDA, 0xD8, 0xD9
OF_THE_IMAGE = frozenset({*range(0xC0, 0xC8), *range(0xC9, 0xE0)} - {START_OF_IMAGE, END_OF_IMAGE})
JFIF, COLOUR_PROFILE, ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
APP0, APP2, APP14 = 0xE0, 0xE2, 0xEE
# Markers without a length.
ALONE = frozenset({0x01, *range(0xD0, 0xD8), START_OF_IMAGE})
# Where the pixels of a scan end: takes FF C4, refuses FF 00 and FF D0 to FF D7, which stand among them.
END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
# Takes FF D8 and FF FF D8, refuses FF 00: filling bytes stand before markers, and some programs put others there, too.
MARKER = re.compile(rb"\xff+([^\x00\xff])")
# PNG (third edition): what is seen. Left out are words, times, Exif, what single programs add, and whatever comes next.
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_PARTS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
# WebP (RFC 9649); each frame of one that moves has parts of its own behind sixteen bytes.
WEBP_PARTS = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
WEBP_PARTS_OF_A_FRAME = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
FRAME, FRAME_HEAD = b"ANMF", 16
# Bits of a WebP's head: it has Exif, it has XMP.
WEBP_TELLS = 0x08 | 0x04


def kept_of_jpeg(content: bytes) -> bytes:
    """Up to the end of the first picture: telephones hang films behind it, and others what is no picture at all."""
    end = bytes([0xFF, END_OF_IMAGE])
    return b"".join([content[:2], *_segments(content), end])


def kept_of_png(content: bytes) -> bytes:
    """Up to the first end: another picture may hang behind it."""
    parts, place = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while place + 12 <= len(content):
        name = content[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(content[place : place + 4])
        if name in PNG_PARTS:
            parts.append(content[place:end])
        if name == b"IEND":
            break
        place = end
    return b"".join(parts)


def kept_of_webp(content: bytes) -> bytes:
    """Up to the length that its head names, which is that of what is kept."""
    whole = b"WEBP" + _chunks(content[12 : 8 + int.from_bytes(content[4:8], "little")], WEBP_PARTS)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _segments(content: bytes) -> Iterator[bytes]:
    place = 2
    while (found := MARKER.search(content, place)) is not None:
        marker, place = found[1][0], found.end()
        if marker == END_OF_IMAGE:
            return
        if marker in ALONE:
            continue
        end = place + int.from_bytes(content[place : place + 2])
        if marker == START_OF_SCAN:
            ending = END_OF_SCAN.search(content, end)
            end = ending.start() if ending else len(content)
            yield bytes([0xFF, marker]) + content[place:end]
        elif kept := _kept_segment(marker, content[place + 2 : end]):
            yield bytes([0xFF, marker]) + (len(kept) + 2).to_bytes(2) + kept
        place = end


def _kept_segment(marker: int, body: bytes) -> bytes:
    """What is kept of a segment; empty for nothing. A head may hold a small copy of the picture from before it was
    cut, and APP2 where further pictures stand."""
    if marker == APP0 and body.startswith(JFIF):
        return body[:12] + bytes(2)
    if marker == APP14 and body.startswith(ADOBE):
        return body[:12]
    is_kept = marker in OF_THE_IMAGE or (marker == APP2 and body.startswith(COLOUR_PROFILE))
    return body if is_kept else b""


def _chunks(content: bytes, kept: frozenset[bytes]) -> bytes:
    parts, place = [], 0
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        part = content[place : place + 8 + size + size % 2]
        place += len(part)
        if name not in kept:
            continue
        if name == b"VP8X" and len(part) > 8:
            part = part[:8] + bytes([part[8] & ~WEBP_TELLS]) + part[9:]
        if name == FRAME:
            # A frame in a frame is none: however deep a file goes, we do not follow it.
            inner = part[8 : 8 + FRAME_HEAD] + _chunks(part[8 + FRAME_HEAD :], WEBP_PARTS_OF_A_FRAME)
            part = name + len(inner).to_bytes(4, "little") + inner
        parts.append(part)
    return b"".join(parts)
