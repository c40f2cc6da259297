from __future__ import annotations

import hashlib

import pytest

from newsroom.partners.key_format import ALPHABET, checksum_of, new_key, read_key


def test_new_key_can_be_read_again():
    key = new_key()

    assert read_key(key.text) == key
    assert key.text.startswith(f"nrk_live_{key.prefix}_")
    assert len(key.text) == len("nrk_live_") + 8 + 1 + 32 + 6
    assert key.hash == hashlib.sha256(key.text.encode()).hexdigest()


def test_new_keys_are_never_alike():
    assert len({new_key().text for _ in range(100)}) == 100


def test_key_does_not_show_its_secret():
    key = new_key()

    assert repr(key) == f"WrittenKey({key.prefix})"
    assert repr(key) in f"{[key]}"


def test_checksum_is_crc32_in_base_62():
    """0xCBF43926 is what the CRC's own check string gives."""
    digits = checksum_of("123456789")

    assert len(digits) == 6
    assert sum(ALPHABET.index(digit) * 62**place for place, digit in enumerate(reversed(digits))) == 0xCBF43926


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: text + "x",
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text.replace("nrk_live_", "nrk_test_"),
        lambda text: text[:30] + ("a" if text[30] != "a" else "b") + text[31:],
        lambda text: text[:-1] + "é",
        lambda text: "",
        lambda text: text * 200,
    ],
)
def test_read_key_refuses_what_is_not_whole(spoil):
    with pytest.raises(ValueError, match="not a key of ours"):
        read_key(spoil(new_key().text))
