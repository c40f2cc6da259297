import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.tagging.relating.vectors import number, numbered, pack, unpack


def test_number_stays_the_same_for_ever():
    assert [number(term) for term in ("vostok", "=vostok", "@17")] == [1705815973, 2159416810, 4047238767]


def test_numbered_keeps_a_weight_within_a_byte():
    assert numbered({"vostok": 264, "drill": 157}) == {number("vostok"): 255, number("drill"): 157}


@given(st.dictionaries(st.integers(0, 2**32 - 1), st.integers(1, 255)))
def test_unpack_gives_what_was_packed(vector):
    packed = pack(vector)

    for unpacked in (unpack(packed), unpack(memoryview(packed))):
        assert dict(zip(unpacked.keys(), unpacked.values(), strict=True)) == vector
    assert len(packed) == 5 * len(vector)


def test_pack_writes_the_lowest_byte_first():
    assert pack({1: 7, 256: 9}) == b"\x01\x00\x00\x00\x00\x01\x00\x00\x07\x09"


@pytest.mark.parametrize("packed", [b"x", b"123456"])
def test_unpack_refuses_what_was_not_packed(packed):
    with pytest.raises(ValueError, match="five belong to each"):
        unpack(packed)
